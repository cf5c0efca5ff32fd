// A task that fails alone does not disturb the others.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const failing = coroutine(async () => {
  await sleep(1)
  log('fails')
  throw new RangeError('alone')
})

const steady = coroutine(async () => {
  for (let n = 0; n < 3; n++) {
    await sleep(0.75)
    log('steady', n)
  }
  return 'end'
})

export const main = program(async () => {
  const task = createTask(failing())
  log(await createTask(steady()))
  log(task.done(), task.exception())
})
