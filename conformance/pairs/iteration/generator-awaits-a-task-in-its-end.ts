// A generator may wait in its clean-up for a task that it made, and catch that one's error.

import { anext, asyncGenerator, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const target = coroutine(async () => {
  await sleep(10)
  throw new RangeError()
})

const lines = asyncGenerator(async function* () {
  const task = createTask(target())
  try {
    yield 1
  } finally {
    try {
      await task
    } catch (error) {
      log('caught', error)
    }
  }
})

export const main = program(async () => {
  const agen = lines()
  log(await anext(agen))
  await agen.aclose()
  log('closed')
})
