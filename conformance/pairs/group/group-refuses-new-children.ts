// A group that is shutting down or has ended refuses new children, which never start.

import { coroutine, sleep, type TaskGroup, taskGroup } from 'hocket'
import { log, program } from '../../src/harness.ts'

const nop = coroutine(async () => {
  log('never')
})

const bad = coroutine(async () => {
  throw new RangeError()
})

const attempt = (group: TaskGroup) => {
  try {
    group.createTask(nop())
  } catch (error) {
    log('refused', error)
  }
}

const late = coroutine(async (group: TaskGroup) => {
  try {
    await sleep(100)
  } finally {
    attempt(group)
  }
})

export const main = program(async () => {
  const group = await taskGroup(async (group) => group)
  attempt(group)
  try {
    await taskGroup(async (group) => {
      group.createTask(late(group))
      group.createTask(bad())
      try {
        await sleep(10)
      } finally {
        attempt(group)
      }
    })
  } catch (error) {
    log(error)
  }
})
