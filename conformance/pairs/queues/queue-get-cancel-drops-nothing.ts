// A getter that is cancelled when an item is there for it passes its wake-up on: the others get every item.

import { createTask, gather, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  for (let cancelled = 0; cancelled < 3; cancelled++) {
    const queue = new Queue<number>()
    const tasks = [0, 1, 2].map(() => createTask(queue.get()))
    await sleep(0)
    queue.putNowait(1)
    queue.putNowait(2)
    tasks[cancelled]?.cancel()
    log(await gather(tasks, { returnExceptions: true }), queue.qsize())
  }
})
