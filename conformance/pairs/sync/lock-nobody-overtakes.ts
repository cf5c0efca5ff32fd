// Who asks for a lock that was released but not yet taken stands behind the waiter that was woken.

import { coroutine, createTask, Lock, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (lock: Lock, name: string) => {
  await using _held = await lock.acquire()
  log(name)
})

export const main = program(async () => {
  const lock = new Lock()
  await lock.acquire()
  const first = createTask(waiter(lock, 'first'))
  await sleep(0)
  lock.release()
  log('released', lock.locked())
  await lock.acquire()
  log('main')
  lock.release()
  await first
})
