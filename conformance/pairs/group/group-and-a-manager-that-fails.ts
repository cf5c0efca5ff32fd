// A child's error cancels the body, whose context manager fails on its way out: both are in the group.

import {
  asynccontextmanager,
  coroutine,
  currentTask,
  RuntimeError,
  sleep,
  type Task,
  taskGroup,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

const database = asynccontextmanager(async function* () {
  try {
    yield
  } finally {
    log('closing')
    // biome-ignore lint/correctness/noUnsafeFinally: what this program is about
    throw new RuntimeError('')
  }
})

const bad = coroutine(async () => {
  throw new RangeError()
})

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (group) => {
      await database().run(async () => {
        group.createTask(bad())
        await sleep(10)
      })
    })
  } catch (error) {
    log(error, task.cancelling())
  }
})
