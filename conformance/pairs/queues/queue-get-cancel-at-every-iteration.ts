// A getter cancelled in any iteration around the put: the item is taken, or still there for the next one.

import { coroutine, createTask, Queue, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const getter = coroutine(async (queue: Queue<string>, name: string) => {
  try {
    log(name, 'gets', await queue.get())
  } catch (error) {
    log(name, 'cancelled', queue.qsize())
    throw error
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 4; turns++) {
    const queue = new Queue<string>()
    const first = createTask(getter(queue, 'first'))
    const second = createTask(getter(queue, 'second'))
    await sleep(0)
    if (turns === 3) first.cancel()
    queue.putNowait('item')
    if (turns < 3) {
      for (let turn = 0; turn < turns; turn++) await sleep(0)
      log('cancel', turns, first.cancel())
    }
    await sleep(1)
    log(first.done(), second.done(), queue.qsize())
    second.cancel()
    await sleep(0)
  }
})
