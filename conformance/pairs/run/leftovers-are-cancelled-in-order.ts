// Tasks left when main ends are cancelled in the order in which they were made, and waited for together.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const leftover = coroutine(async (name: string, cleanUp: number) => {
  try {
    await sleep(1000 + cleanUp)
  } finally {
    log(name, 'cancelled')
    await sleep(cleanUp)
    log(name, 'ends')
  }
})

const late = coroutine(async () => {
  log('never')
})

export const main = program(async () => {
  for (const [name, cleanUp] of [
    ['a', 3],
    ['b', 1],
    ['c', 2],
  ] as const) {
    createTask(leftover(name, cleanUp))
  }
  await sleep(5)
  createTask(late())
  return 'result'
})
