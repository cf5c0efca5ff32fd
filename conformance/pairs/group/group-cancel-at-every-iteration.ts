// The parent cancelled in each iteration of a group: what the children do, and what comes out.

import { coroutine, createTask, currentTask, sleep, type Task, taskGroup, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, turns: number) => {
  try {
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log(name, 'ends')
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

const parent = coroutine(async () => {
  const task = currentTask() as Task<unknown>
  try {
    await taskGroup(async (group) => {
      group.createTask(child('a', 1))
      await sleep(0)
      group.createTask(child('b', 1))
    })
  } finally {
    log('parent', task.cancelling())
  }
})

export const main = program(async () => {
  for (let turns = 0; turns < 8; turns++) {
    const task = createTask(parent())
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, task.cancel())
    await wait([task])
    log(task.cancelled())
  }
})
