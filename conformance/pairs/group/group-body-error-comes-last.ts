// The error of the body stands after those of the children, even if it was first.

import { coroutine, RuntimeError, sleep, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async (delay: number, error: Error) => {
  await sleep(delay)
  throw error
})

const worse = coroutine(async () => {
  try {
    await sleep(100)
  } finally {
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw new TypeError()
  }
})

export const main = program(async () => {
  try {
    await taskGroup(async (group) => {
      group.createTask(worse())
      await sleep(5)
      throw new RangeError()
    })
  } catch (error) {
    log('body first', error)
  }
  try {
    await taskGroup(async (group) => {
      group.createTask(bad(10, new RuntimeError('')))
      try {
        await sleep(50)
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
        throw new RangeError()
      }
    })
  } catch (error) {
    log('child first', error)
  }
  try {
    await taskGroup(async () => {
      throw new RangeError()
    })
  } catch (error) {
    log('body alone', error)
  }
})
