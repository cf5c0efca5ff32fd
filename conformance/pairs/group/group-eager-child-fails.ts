// An eager child that fails before its first await cancels its group at once, and later children are refused.

import { coroutine, currentTask, sleep, type Task, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

// An async function shows its end one microtask later than its caller goes on: these are generators.
const bad = coroutine(function* (): Generator<never, void> {
  log('child')
  throw new RangeError()
})

const nop = coroutine(function* () {
  log('never')
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (group) => {
      const child = group.createTask(bad(), { eagerStart: true })
      log(child.done(), task.cancelling())
      try {
        group.createTask(nop(), { eagerStart: true })
      } catch (error) {
        log('refused', error)
      }
      await sleep(10)
      log('never')
    })
  } catch (error) {
    log(error, task.cancelling())
  }
})
