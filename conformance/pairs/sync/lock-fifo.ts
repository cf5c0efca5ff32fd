// A lock is handed on in the order of the requests, and costs no iteration where it is free.

import { coroutine, createTask, gather, Lock, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const worker = coroutine(async (lock: Lock, name: string) => {
  log(name, 'asks')
  await using _held = await lock.acquire()
  log(name, 'has it', lock.locked())
  await sleep(5)
  log(name, 'leaves')
})

export const main = program(async () => {
  const lock = new Lock()
  const start = ticks()
  await lock.acquire()
  log('free', ticks() - start, lock.locked())
  const tasks = ['a', 'b', 'c'].map((name) => createTask(worker(lock, name)))
  await sleep(0)
  lock.release()
  log('released', lock.locked())
  await gather(tasks)
  log(lock.locked())
})
