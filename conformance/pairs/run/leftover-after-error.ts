// Left-over tasks are cancelled when main fails too.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const leftover = coroutine(async () => {
  try {
    await sleep(1000)
  } finally {
    log('cleaned')
  }
})

export const main = program(async () => {
  createTask(leftover())
  await sleep(5)
  throw new RangeError('main')
})
