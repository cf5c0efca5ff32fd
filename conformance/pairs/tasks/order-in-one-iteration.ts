// Callbacks, first steps and due timers run in the order they were asked for.

import { coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('task')
  return 'result'
})

export const main = program(async () => {
  const loop = getRunningLoop()
  loop.callSoon(log, 'a')
  const task = createTask(child())
  loop.callSoon(log, 'b')
  loop.callLater(0, log, 'c')
  log(await task)
  await sleep(1)
})
