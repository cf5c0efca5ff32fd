// The same future given to gather twice is waited for once and stands twice in the results.

import { coroutine, createTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('child')
  await sleep(1)
  return 'value'
})

export const main = program(async () => {
  const coro = child()
  const task = createTask(sleep(2, 'task'))
  log(await gather([coro, task, coro, task]))
})
