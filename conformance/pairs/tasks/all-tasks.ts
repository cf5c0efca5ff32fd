// `all_tasks` holds the tasks that are not done, from their making to their end.

import { allTasks, coroutine, createTask, currentTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number) => {
  await sleep(delay)
})

const names = () => [...allTasks()].map((task) => task.getName()).sort()

export const main = program(async () => {
  currentTask()?.setName('main')
  log(names())
  const first = createTask(child(10), { name: 'first' })
  const second = createTask(child(20), { name: 'second' })
  log(names())
  await first
  log(names())
  second.cancel()
  log(names())
  await sleep(0)
  log(names())
})
