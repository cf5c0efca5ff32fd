// After a cancel the clean-up may wait as long as it likes; a second cancel cuts it short.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program, reason } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number) => {
  try {
    await sleep(delay)
  } finally {
    log(name, 'clean-up')
    await sleep(30)
    log(name, 'cleaned')
  }
})

export const main = program(async () => {
  const patient = createTask(child('patient', 1000))
  const hasty = createTask(child('hasty', 2000))
  await sleep(1)
  patient.cancel()
  await sleep(1)
  hasty.cancel('one')
  await sleep(10)
  hasty.cancel('two')
  for (const task of [patient, hasty]) {
    try {
      await task
    } catch (error) {
      log(error, reason(error), task.cancelling())
    }
  }
})
