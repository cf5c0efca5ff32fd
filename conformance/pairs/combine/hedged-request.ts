// A second request when the first is slow; the first answer wins, the loser is cancelled and waited for.

import { coroutine, createTask, FIRST_COMPLETED, gather, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const request = coroutine(async (name: string, delay: number) => {
  try {
    await sleep(delay)
    return name
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

const hedged = coroutine(async (first: number, second: number) => {
  const tasks = [createTask(request('first', first))]
  let { done } = await wait(tasks, { timeout: 10 })
  if (done.size === 0) {
    tasks.push(createTask(request('second', second)))
    done = (await wait(tasks, { returnWhen: FIRST_COMPLETED })).done
  }
  for (const task of tasks) task.cancel()
  await gather(tasks, { returnExceptions: true })
  return [...done][0]?.result()
})

export const main = program(async () => {
  for (const [first, second] of [
    [5, 5],
    [30, 7],
    [30, 50],
  ] as const) {
    log(await hedged(first, second))
  }
})
