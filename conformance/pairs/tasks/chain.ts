// Tasks that await each other hand a result up at one iteration a task.

import { type Coroutine, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const link: (n: number) => Coroutine<string> = coroutine(async (n: number) => {
  if (n === 0) {
    await sleep(10)
    log('root')
    return 'value'
  }
  const value = await createTask(link(n - 1))
  log('link', n)
  return value
})

export const main = program(async () => {
  log(await link(5))
  log(await createTask(link(2)))
})
