// Of the errors of a group some are handled; those that are left go on as a group.

import { coroutine, ExceptionGroup, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async (delay: number, error: Error) => {
  await sleep(delay)
  throw error
})

const stubborn = coroutine(async (error: Error) => {
  try {
    await sleep(100)
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw error
  }
})

export const main = program(async () => {
  for (const second of [new TypeError(), new RangeError()]) {
    try {
      try {
        await taskGroup(async (group) => {
          group.createTask(stubborn(second))
          group.createTask(bad(5, new RangeError()))
        })
      } catch (error) {
        if (!(error instanceof ExceptionGroup)) throw error
        const [handled, rest] = error.split(RangeError)
        log('handled', handled)
        if (rest !== null) throw rest
      }
      log('all handled')
    } catch (error) {
      log('left', error)
    }
  }
})
