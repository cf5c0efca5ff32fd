// An error of a shielded task after the caller was cancelled goes to nobody who awaits.

import { coroutine, createTask, shield, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const inner = coroutine(async () => {
  await sleep(20)
  log('raises')
  throw new RangeError()
})

export const main = program(async () => {
  const task = createTask(inner())
  const shielded = shield(task)
  await sleep(5)
  log(shielded.cancel(), shielded.cancelled(), task.done())
  await wait([task])
  log(task.exception())
  log(shielded.cancelled())
})
