// Delays below a millisecond keep their order.

import { coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const tick = coroutine(async (name: string, delay: number, count: number) => {
  for (let n = 0; n < count; n++) {
    await sleep(delay)
    log(name, n)
  }
})

export const main = program(async () => {
  const fast = createTask(tick('quarter', 0.25, 2))
  const slow = createTask(tick('third', 0.375, 2))
  const tiny = createTask(tick('tiny', 0.0625, 3))
  await slow
  await fast
  await tiny
  log('end', getRunningLoop().time())
})
