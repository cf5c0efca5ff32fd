// A task over a coroutine that was awaited already fails with RuntimeError when it is awaited.

import { coroutine, createTask } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async () => {
  log('body')
})

export const main = program(async () => {
  const coro = child()
  await coro
  try {
    const task = createTask(coro)
    log('task made')
    await task
  } catch (error) {
    log('caught', error)
  }
})
