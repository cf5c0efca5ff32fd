// Tasks that spin on `sleep(0)` run in turns, one step per iteration.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const spinner = coroutine(async (name: string, count: number) => {
  for (let n = 0; n < count; n++) {
    log(name, n)
    await sleep(0)
  }
  return name
})

export const main = program(async () => {
  const tasks = ['a', 'b', 'c'].map((name) => createTask(spinner(name, 3)))
  for (const task of tasks) log(await task, 'done')
})
