// Two tasks over one coroutine: the first runs it, the second fails with RuntimeError.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('body')
  await sleep(1)
  log('end')
  return 'value'
})

const waiter = coroutine(async (name: string, coro: PromiseLike<string>) => {
  try {
    log(name, 'got', await coro)
  } catch (error) {
    log(name, 'failed', error)
  }
})

export const main = program(async () => {
  const coro = child()
  const first = createTask(waiter('first', coro))
  const second = createTask(waiter('second', coro))
  await first
  await second
})
