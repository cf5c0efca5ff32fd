// Retries with a deadline for each and one over all: the outer one ends them in the middle of a try.

import { CancelledError, coroutine, currentTask, sleep, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const attempt = coroutine(async (n: number) => {
  try {
    await sleep(10 + n)
    log('answer', n)
  } catch (error) {
    log('given up', n)
    throw error
  }
})

export const main = program(async () => {
  try {
    await timeout(40, async (whole) => {
      for (let n = 0; n < 9; n++) {
        try {
          await timeout(8 + n / 10, async () => {
            await attempt(n)
          })
        } catch (error) {
          if (error instanceof CancelledError) throw error
          log('try again', n, whole.expired())
          await sleep(3)
        }
      }
    })
  } catch (error) {
    log(error, currentTask()?.cancelling())
  }
})
