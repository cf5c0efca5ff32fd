// Workers in a group that end by the shutdown of their queue: every item is worked on, and the group ends.

import { coroutine, Queue, QueueShutDown, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (queue: Queue<number>, name: string) => {
  try {
    while (true) {
      const item = await queue.get()
      await sleep(item)
      log(name, item)
      queue.taskDone()
    }
  } catch (error) {
    if (!(error instanceof QueueShutDown)) throw error
    log(name, 'ends')
  }
})

export const main = program(async () => {
  const queue = new Queue<number>(2)
  await taskGroup(async (group) => {
    for (const name of ['a', 'b', 'c']) group.createTask(worker(queue, name))
    for (const item of [70, 31, 50, 42, 90, 13]) {
      await queue.put(item)
      log('put', item)
    }
    queue.shutdown()
    await queue.join()
    log('joined')
  })
  log('end')
})
