// A lock that has had a waiter belongs to that loop: to wait for it in another one is a RuntimeError.

import { coroutine, createTask, Lock, run, sleep } from 'hocket'
import { log, program, virtualLoop } from '../../src/harness.ts'

const other = coroutine(async (lock: Lock) => {
  try {
    await lock.acquire()
    return ''
  } catch (error) {
    return (error as Error).name
  }
})

const waiter = coroutine(async (lock: Lock) => {
  await using _held = await lock.acquire()
  log('has it')
})

export const main = program(async () => {
  const lock = new Lock()
  await lock.acquire()
  const task = createTask(waiter(lock))
  await sleep(0)
  log(await run(other(lock), { loopFactory: virtualLoop }))
  lock.release()
  await task
})
