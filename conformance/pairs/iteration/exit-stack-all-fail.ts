// Every exit of a stack that fails is run; the last to fail is the error that comes out.

import { coroutine, exitStack, RuntimeError, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const fail = coroutine(async (error: Error) => {
  await sleep(1)
  log('throws', error)
  throw error
})

const told = coroutine(async (error: unknown) => {
  log('told', error)
})

export const main = program(async () => {
  const errors = [new TypeError(), new RuntimeError('')]
  for (const body of [null, new RangeError()]) {
    try {
      await exitStack(async (stack) => {
        stack.pushAsyncExit((error) => told(error))
        for (const error of errors) stack.pushAsyncExit(() => fail(error))
        stack.pushAsyncExit((error) => told(error))
        if (body !== null) throw body
      })
    } catch (error) {
      log('caught', error)
    }
  }
})
