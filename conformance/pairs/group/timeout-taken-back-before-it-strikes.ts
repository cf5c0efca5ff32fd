// A timeout that expires in an iteration which nothing can cut short, and is taken back there: nothing is thrown.

import {
  coroutine,
  currentTask,
  getRunningLoop,
  sleep,
  type Task,
  type Timeout,
  timeout,
} from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(function* (scope: Timeout) {
  const task = currentTask() as Task<unknown>
  getRunningLoop().callSoon(() => task.uncancel())
  yield* sleep(0)
  log('goes on', scope.expired())
})

const inTime = coroutine(async (delay: number) => {
  let scope: Timeout | undefined
  await timeout(delay, (inside) => {
    scope = inside
    return child(inside)
  })
  log('left', scope?.expired(), (currentTask() as Task<unknown>).cancelling())
})

export const main = program(async () => {
  let outer: Timeout | undefined
  await inTime(0)
  await timeout(1, async (inside) => {
    outer = inside
    await inTime(0)
    await inTime(1000)
    await inTime(-1)
    await sleep(0)
  })
  log(outer?.expired())
})
