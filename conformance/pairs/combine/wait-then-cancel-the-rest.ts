// The usual race: wait for the first, cancel the others, wait for their clean-ups.

import { coroutine, createTask, FIRST_COMPLETED, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const runner = coroutine(async (name: string, delay: number) => {
  try {
    await sleep(delay)
    return name
  } finally {
    await sleep(delay / 10)
    log(name, 'ends')
  }
})

export const main = program(async () => {
  const tasks = (
    [
      ['a', 30],
      ['b', 20],
      ['c', 40],
    ] as const
  ).map(([name, delay]) => createTask(runner(name, delay)))
  const { done, pending } = await wait(tasks, { returnWhen: FIRST_COMPLETED })
  for (const task of pending) task.cancel()
  log([...done].map((task) => task.result()))
  await wait(pending)
  log(tasks.map((task) => task.cancelled()))
})
