// asCompleted gives coroutines, each for the next one to end, and each throws that one's own error.

import { asCompleted, coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number, error?: Error) => {
  log('start', delay)
  await sleep(delay)
  if (error !== undefined) throw error
  return delay
})

export const main = program(async () => {
  for (const nextOne of asCompleted([child(30), child(10), child(20, new RangeError())])) {
    try {
      log('got', await nextOne)
    } catch (error) {
      log('caught', error)
    }
  }
  for (const _never of asCompleted([])) log('never')
})
