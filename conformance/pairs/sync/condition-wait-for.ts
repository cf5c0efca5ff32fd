// wait_for looks at its predicate each time it is woken, and gives what the predicate gave.

import { Condition, coroutine, createTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const consumer = coroutine(async (condition: Condition, items: string[], name: string) => {
  await using _held = await condition.acquire()
  const item = await condition.waitFor(() => items.shift())
  log(name, 'gets', item)
})

export const main = program(async () => {
  const condition = new Condition()
  const items: string[] = []
  const tasks = ['a', 'b'].map((name) => createTask(consumer(condition, items, name)))
  await sleep(1)
  for (let n = 0; n < 3; n++) {
    {
      await using _held = await condition.acquire()
      log('produces', n)
      if (n > 0) items.push(`item ${n}`)
      condition.notifyAll()
    }
    await sleep(1)
  }
  await gather(tasks)
})
