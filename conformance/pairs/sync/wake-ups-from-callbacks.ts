// Locks, events and queues may be released, set and filled by plain callbacks of the loop.

import { Event, getRunningLoop, Lock, Queue, Semaphore } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const [lock, event, queue] = [new Lock(), new Event(), new Queue<string>()]
  const semaphore = new Semaphore(0)
  await lock.acquire()
  loop.callLater(5, () => lock.release())
  loop.callLater(6, () => event.set())
  loop.callLater(7, () => queue.putNowait('item'))
  loop.callLater(8, () => semaphore.release())
  await lock.acquire()
  log('lock')
  await event.wait()
  log('event')
  log(await queue.get())
  await semaphore.acquire()
  log('semaphore')
  loop.callSoon(() => lock.release())
  const start = ticks()
  await lock.acquire()
  log(ticks() - start)
})
