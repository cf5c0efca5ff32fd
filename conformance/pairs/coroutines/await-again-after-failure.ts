// A coroutine that failed is used up too.

import { coroutine } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (): Promise<number> => {
  throw new RangeError('first')
})

export const main = program(async () => {
  const coro = child()
  for (let round = 0; round < 2; round++) {
    try {
      await coro
    } catch (error) {
      log('caught', error)
    }
  }
})
