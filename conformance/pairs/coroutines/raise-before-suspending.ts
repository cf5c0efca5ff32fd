// An error before the first suspension reaches the awaiting coroutine in the same iteration.

import { coroutine } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (n: number) => {
  log('child', n)
  if (n === 1) throw new TypeError('at once')
  return n
})

export const main = program(async () => {
  for (let n = 0; n < 3; n++) {
    try {
      log('value', await child(n))
    } catch (error) {
      log('caught', error)
    }
  }
  throw new Late('at the end')
})

class Late extends Error {}
