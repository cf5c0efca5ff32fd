// A waiter whose time is over leaves the line of a lock; the others move up.

import { coroutine, createTask, gather, Lock, sleep, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const worker = coroutine(async (lock: Lock, name: string, delay: number) => {
  try {
    await timeout(delay, async () => {
      await lock.acquire()
    })
  } catch {
    log(name, 'gives up')
    return
  }
  log(name, 'has it')
  await sleep(3)
  lock.release()
})

export const main = program(async () => {
  const lock = new Lock()
  await lock.acquire()
  const tasks = (
    [
      ['a', 5],
      ['b', 50],
      ['c', 11],
      ['d', 60],
    ] as const
  ).map(([name, delay]) => createTask(worker(lock, name, delay)))
  await sleep(10)
  lock.release()
  await gather(tasks)
})
