// An exit stack leaves in the reverse order, each awaited to its end, and tells each of the error.

import { asynccontextmanager, coroutine, exitStack, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const resource = asynccontextmanager(async function* (name: string, delay: number) {
  log(name, 'opens')
  try {
    yield name
  } finally {
    await sleep(delay)
    log(name, 'closed')
  }
})

const told = coroutine(async (error: unknown) => {
  await sleep(1)
  log('told', error)
})

const called = coroutine(async (value: string) => {
  await sleep(2)
  log('called', value)
})

export const main = program(async () => {
  for (const error of [null, new RangeError()]) {
    try {
      await exitStack(async (stack) => {
        log(await stack.enterAsyncContext(resource('a', 5)))
        stack.callback(log, 'callback', 1)
        stack.pushAsyncExit((error) => told(error))
        log(await stack.enterAsyncContext(resource('b', 3)))
        stack.pushAsyncCallback(called, 'value')
        log('body')
        if (error !== null) throw error
      })
    } catch (caught) {
      log('caught', caught, caught === error)
    }
  }
})
