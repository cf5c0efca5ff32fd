// A task cancelled in each iteration around the end of its wait: it is cancelled, the tasks are not.

import {
  coroutine,
  createTask,
  type Future,
  getRunningLoop,
  sleep,
  type WaitOptions,
  wait,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

const nop = coroutine(async () => 'value')

const waiter = coroutine(async (tasks: Future<unknown>[], options: WaitOptions = {}) => {
  const { done, pending } = await wait(tasks, options)
  return [done.size, pending.size]
})

export const main = program(async () => {
  for (let turns = 0; turns < 6; turns++) {
    const tasks = [createTask(nop()), createTask(sleep(0, 'slept'))]
    const task = createTask(waiter(tasks))
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log('cancel', turns, task.cancel())
    try {
      log(await task)
    } catch (error) {
      log(error)
    }
    const results: string[] = []
    for (const task of tasks) results.push(await task)
    log(results)
  }
  for (const delay of [9, 10, 11]) {
    const never = getRunningLoop().createFuture()
    const task = createTask(waiter([never], { timeout: 10 }))
    getRunningLoop().callLater(delay + 0.5, () => task.cancel())
    await wait([task])
    log(delay, task.cancelled())
  }
})
