// A waiter that is cancelled after it was woken hands the lock on, at every iteration around its turn.

import { coroutine, createTask, Lock, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (lock: Lock, name: string) => {
  try {
    await using _held = await lock.acquire()
    log(name, 'has it')
  } catch {
    log(name, 'cancelled', lock.locked())
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 4; turns++) {
    const lock = new Lock()
    await lock.acquire()
    const first = createTask(worker(lock, 'first'))
    const second = createTask(worker(lock, 'second'))
    await sleep(0)
    lock.release()
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, first.cancel())
    await second
    log('end', lock.locked())
  }
})
