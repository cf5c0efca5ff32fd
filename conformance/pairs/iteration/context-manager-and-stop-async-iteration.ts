// A StopAsyncIteration of the body is an error like any other for a context manager, and comes out as it is.

import { asynccontextmanager, RuntimeError, StopAsyncIteration } from 'hocket'
import { log, program } from '../../src/harness.ts'

const plain = asynccontextmanager(async function* () {
  yield
})

const wraps = asynccontextmanager(async function* () {
  try {
    yield
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new RuntimeError('', { cause: error })
  }
})

export const main = program(async () => {
  for (const [manager, error] of [
    [plain, new StopAsyncIteration()],
    [wraps, new RangeError()],
    [wraps, new StopAsyncIteration()],
  ] as const) {
    try {
      await manager().run(async () => {
        throw error
      })
    } catch (caught) {
      log(caught, caught === error)
    }
  }
})
