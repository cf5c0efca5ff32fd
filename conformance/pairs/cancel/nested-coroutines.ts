// A cancel unwinds the nested coroutines of one task from the inside out.

import { type Coroutine, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const nested: (n: number) => Coroutine<void> = coroutine(async (n: number) => {
  try {
    if (n === 0) await sleep(100)
    await nested(n - 1)
  } catch (error) {
    log('except', n)
    throw error
  } finally {
    await sleep(1)
    log('finally', n)
  }
})

export const main = program(async () => {
  const task = createTask(nested(3))
  await sleep(10)
  task.cancel()
  try {
    await task
  } catch (error) {
    log('main', error)
  }
})
