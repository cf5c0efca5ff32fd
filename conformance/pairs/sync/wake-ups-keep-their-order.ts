// What wakes in one iteration runs in the order in which it was woken, whatever it waited for.

import {
  coroutine,
  createTask,
  Event,
  gather,
  getRunningLoop,
  Lock,
  Queue,
  Semaphore,
  sleep,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (name: string, awaitable: PromiseLike<unknown>) => {
  await awaitable
  log(name)
})

export const main = program(async () => {
  const loop = getRunningLoop()
  const [lock, event, queue] = [new Lock(), new Event(), new Queue<string>()]
  const [semaphore, future] = [new Semaphore(0), loop.createFuture<void>()]
  await lock.acquire()
  const waiting = {
    queue: queue.get(),
    lock: lock.acquire(),
    event: event.wait(),
    semaphore: semaphore.acquire(),
    future,
    'other event': event.wait(),
  }
  const tasks = Object.entries(waiting).map(([name, what]) => createTask(waiter(name, what)))
  await sleep(1)
  semaphore.release()
  loop.callSoon(log, 'callback')
  event.set()
  future.setResult()
  queue.putNowait('item')
  loop.callSoon(log, 'another callback')
  lock.release()
  await gather(tasks)
})
