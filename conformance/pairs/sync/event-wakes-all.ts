// An event that is set wakes everybody that waits, in order, even if it is cleared at once.

import { coroutine, createTask, Event, gather, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const waiter = coroutine(async (event: Event, name: string) => {
  log(name, await event.wait(), event.isSet())
})

export const main = program(async () => {
  const event = new Event()
  const tasks = ['a', 'b', 'c'].map((name) => createTask(waiter(event, name)))
  await sleep(1)
  event.set()
  event.clear()
  event.set()
  log('set', event.isSet())
  const late = createTask(waiter(event, 'late'))
  event.clear()
  await gather(tasks)
  event.set()
  await late
  const start = ticks()
  await event.wait()
  log('no iteration', ticks() - start)
})
