// The result of a task is its coroutine's business: setting it is a RuntimeError.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(1)
  return 'own'
})

export const main = program(async () => {
  const task = createTask(child())
  for (const attempt of [() => task.setResult('x'), () => task.setException(new RangeError('x'))]) {
    try {
      attempt()
    } catch (error) {
      log('refused', error)
    }
  }
  log(await task)
})
