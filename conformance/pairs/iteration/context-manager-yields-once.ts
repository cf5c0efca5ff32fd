// A context manager's generator that does not yield, or yields again, is a RuntimeError.

import { asynccontextmanager } from 'hocket'
import { log, program } from '../../src/harness.ts'

const yields = asynccontextmanager(async function* (n: number) {
  for (let k = 0; k < n; k++) {
    try {
      yield k
    } catch {
      log('inside')
    }
  }
})

export const main = program(async () => {
  for (const [n, fails] of [
    [0, false],
    [1, false],
    [2, false],
    [1, true],
    [2, true],
  ] as const) {
    try {
      await yields(n).run(async () => {
        log('body', n)
        if (fails) throw new RangeError()
      })
      log('well', n)
    } catch (error) {
      log('caught', error)
    }
  }
})
