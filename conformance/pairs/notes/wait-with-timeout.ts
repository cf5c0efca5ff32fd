// `wait` with a timeout gives what is pending back and does not cancel it.

import { coroutine, createTask, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const func = coroutine(async (delay: number) => {
  await sleep(delay)
  return delay
})

export const main = program(async () => {
  const tasks = [10, 30].map((delay) => createTask(func(delay)))
  const first = await wait(tasks, { timeout: 20 })
  log(
    [...first.done].map((task) => task.result()),
    [...first.pending].map((task) => task.done()),
  )
  const { done, pending } = await wait(tasks)
  const results = [...done].map((task) => task.result())
  log(
    results.sort((a, b) => a - b),
    pending.size,
  )
})
