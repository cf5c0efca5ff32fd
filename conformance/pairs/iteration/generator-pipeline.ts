// Generators over queues, with a producer in a group: back-pressure, order, and the end.

import { asyncGenerator, coroutine, Queue, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const items = asyncGenerator(async function* (queue: Queue<number | null>) {
  let item = await queue.get()
  while (item !== null) {
    yield item
    item = await queue.get()
  }
})

const doubled = asyncGenerator(async function* (source: AsyncGenerator<number>) {
  for await (const item of source) {
    await sleep(2)
    yield item * 2
  }
})

const produce = coroutine(async (queue: Queue<number | null>) => {
  for (let n = 0; n < 4; n++) {
    await queue.put(n)
    log('put', n)
  }
  await queue.put(null)
})

export const main = program(async () => {
  const queue = new Queue<number | null>(1)
  await taskGroup(async (group) => {
    group.createTask(produce(queue))
    for await (const item of doubled(items(queue))) {
      log('got', item)
    }
  })
  log('end')
})
