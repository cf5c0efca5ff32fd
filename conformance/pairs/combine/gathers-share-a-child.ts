// Two gathers over one task: cancelling one of them cancels the task, and so the other.

import { coroutine, createTask, gather, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async () => {
  try {
    await sleep(50)
  } catch (error) {
    log('child', reason(error))
    throw error
  }
})

export const main = program(async () => {
  const task = createTask(child())
  const one = gather([task, sleep(60, 'one')])
  const two = gather([task, sleep(70, 'two')], { returnExceptions: true })
  await sleep(10)
  log(one.cancel('by hand'))
  try {
    await one
  } catch (error) {
    log('one', reason(error))
  }
  log('two', await two)
})
