// shield passes on results, errors and the cancellation of what it shields; what is done it gives back.

import { coroutine, createTask, currentTask, getRunningLoop, shield, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const nop = coroutine(async () => {})

const child = coroutine(async (delay: number, error?: Error) => {
  await sleep(delay)
  if (error !== undefined) throw error
  return delay
})

export const main = program(async () => {
  const start = ticks()
  await shield(nop())
  log('iterations', ticks() - start)
  log(await shield(child(1)))
  try {
    await shield(child(2, new RangeError()))
  } catch (error) {
    log('caught', error)
  }
  const task = createTask(child(30))
  const shielded = shield(task)
  getRunningLoop().callLater(5, () => task.cancel())
  try {
    await shielded
  } catch {
    log('cancelled', shielded.cancelled(), currentTask()?.cancelling())
  }
  log(shield(task) === task)
})
