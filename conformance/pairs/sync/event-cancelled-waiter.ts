// A waiter cancelled after the event was set, in the same iteration, is cancelled; the others go on.

import { coroutine, createTask, Event, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (event: Event, name: string) => {
  try {
    await event.wait()
    log(name, 'goes on')
  } catch (error) {
    log(name, 'cancelled', event.isSet())
    throw error
  }
})

export const main = program(async () => {
  const event = new Event()
  const tasks = ['a', 'b', 'c'].map((name) => createTask(waiter(event, name)))
  await sleep(1)
  tasks[0]?.cancel()
  await sleep(1)
  event.set()
  tasks[1]?.cancel()
  log(await gather(tasks, { returnExceptions: true }))
})
