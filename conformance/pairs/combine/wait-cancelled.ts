// Cancelling a task that is in wait leaves the tasks it waits for alone; in await it does not.

import { coroutine, createTask, sleep, type Task, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string) => {
  try {
    await sleep(50 + name.length)
    return name
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

const waiter = coroutine(async (task: Task<string>, how: string) => {
  if (how === 'wait') await wait([task])
  else await task
})

export const main = program(async () => {
  for (const how of ['wait', 'await']) {
    const task = createTask(child(how))
    const waiting = createTask(waiter(task, how))
    await sleep(10)
    waiting.cancel()
    try {
      await waiting
    } catch {
      log(how, task.done())
    }
    try {
      log('child gives', await task)
    } catch {
      log('child is cancelled')
    }
  }
})
