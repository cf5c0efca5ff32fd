// Each step knows its task; a callback of the loop has none.

import { coroutine, createTask, currentTask, getRunningLoop, sleep, type Task } from 'hocket'
import { log, program } from '../../src/harness.ts'

const inner = coroutine(async (outer: Task<unknown> | null) => {
  log('inner is outer', currentTask() === outer)
})

const child = coroutine(async (name: string) => {
  const me = currentTask()
  for (let n = 0; n < 2; n++) {
    log(name, me?.getName(), currentTask() === me)
    await sleep(0)
  }
  await inner(me)
})

const callback = () => log('callback', currentTask() === null)

export const main = program(async () => {
  const me = currentTask()
  await inner(me)
  getRunningLoop().callSoon(callback)
  const tasks = ['a', 'b'].map((name) => createTask(child(name), { name: `task ${name}` }))
  await inner(tasks[0] ?? null)
  for (const task of tasks) {
    await task
    log('main again', currentTask() === me)
  }
})
