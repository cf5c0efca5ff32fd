// Cancelled in the body or while it leaves, an exit stack leaves everything that is in it.

import { coroutine, createTask, exitStack, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const close = coroutine(async (name: string) => {
  try {
    await sleep(10)
    log(name, 'closed')
  } catch (error) {
    log(name, 'cut short', reason(error))
    throw error
  }
})

const worker = coroutine(async () => {
  await exitStack(async (stack) => {
    for (const name of ['a', 'b', 'c']) stack.pushAsyncCallback(close, name)
    await sleep(100)
  })
})

export const main = program(async () => {
  const task = createTask(worker())
  await sleep(5)
  task.cancel('first')
  await sleep(15)
  task.cancel('second')
  try {
    await task
  } catch (error) {
    log('cancelled', reason(error), task.cancelling())
  }
})
