// A child fails and the parent is cancelled, in each iteration around: group or cancellation, and the count.

import { coroutine, createTask, currentTask, sleep, type Task, taskGroup, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const bad = coroutine(async (turns: number) => {
  for (let turn = 0; turn < turns; turn++) await sleep(0)
  throw new RangeError()
})

const slow = coroutine(async () => {
  try {
    await sleep(100)
  } finally {
    await sleep(0)
  }
})

const parent = coroutine(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (group) => {
      group.createTask(slow())
      group.createTask(bad(1))
      await sleep(101)
    })
  } catch (error) {
    log('parent', error, task.cancelling())
  }
  try {
    await sleep(0)
    log('goes on', task.cancelling())
  } catch {
    log('cancelled after', task.cancelling())
  }
})

export const main = program(async () => {
  for (let turns = 1; turns < 9; turns++) {
    const task = createTask(parent())
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, task.cancel())
    await wait([task])
    log(task.cancelled())
  }
})
