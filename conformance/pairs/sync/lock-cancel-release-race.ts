// When the lock is released and its next owner cancelled in one iteration, just the one after it gets the lock.

import { coroutine, createTask, getRunningLoop, Lock, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (lock: Lock, name: string) => {
  log(name, 'asks')
  await lock.acquire()
  log(name, 'has it')
})

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const cancelFirst of [true, false]) {
    const lock = new Lock()
    await lock.acquire()
    const tasks = ['a', 'b', 'c'].map((name) => createTask(worker(lock, name)))
    await sleep(0)

    const trigger = () => {
      if (cancelFirst) tasks[0]?.cancel()
      lock.release()
      if (!cancelFirst) tasks[0]?.cancel()
    }

    loop.callSoon(trigger)
    try {
      await tasks[0]
    } catch {
      log('a is cancelled', tasks[1]?.done(), tasks[2]?.done())
    }
    await sleep(0)
    log(tasks[1]?.done(), tasks[2]?.done(), lock.locked())
    tasks[2]?.cancel()
    await sleep(0)
    log(tasks[2]?.cancelled(), lock.locked())
  }
})
