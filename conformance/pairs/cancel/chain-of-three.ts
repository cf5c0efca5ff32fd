// Cancelling a task cancels the task it awaits, and so on down; the errors come back up.

import { coroutine, createTask, currentTask, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const leaf = coroutine(async () => {
  try {
    await sleep(100)
  } catch (error) {
    log('leaf', error)
    throw error
  } finally {
    log('leaf finally')
  }
})

const middle = coroutine(async (task: Task<void>) => {
  try {
    await task
  } catch (error) {
    log('middle', error, currentTask()?.cancelling(), task.cancelled())
    throw error
  }
})

const top = coroutine(async (task: Task<void>) => {
  try {
    await task
  } finally {
    log('top finally', task.cancelled())
  }
})

export const main = program(async () => {
  const first = createTask(leaf())
  const second = createTask(middle(first))
  const third = createTask(top(second))
  await sleep(5)
  log(third.cancel(), third.cancelling(), second.cancelling(), first.cancelling())
  try {
    await third
  } catch (error) {
    log('main', error)
  }
  log(first.cancelled(), second.cancelled(), third.cancelled())
})
