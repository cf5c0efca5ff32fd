// A left-over task may swallow the cancel and take its time; the run waits for its end.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const leftover = coroutine(async () => {
  try {
    await sleep(1000)
  } catch {
    log('swallowed')
  }
  for (let n = 0; n < 3; n++) {
    await sleep(10)
    log('still here', n)
  }
})

export const main = program(async () => {
  createTask(leftover())
  await sleep(5)
  return 'value'
})
