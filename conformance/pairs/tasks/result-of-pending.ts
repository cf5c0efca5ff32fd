// `result()` and `exception()` of a pending task are InvalidStateErrors.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  await sleep(1)
  return 'value'
})

export const main = program(async () => {
  const task = createTask(child())
  for (let round = 0; round < 2; round++) {
    for (const read of [() => task.result(), () => task.exception()]) {
      try {
        log(round, read())
      } catch (error) {
        log(round, error)
      }
    }
    await sleep(2)
  }
})
