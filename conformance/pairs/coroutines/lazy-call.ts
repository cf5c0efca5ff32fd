// Calling a coroutine function runs nothing of its body.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (n: number) => {
  log('body', n)
  return n * 2
})

export const main = program(async () => {
  const coro = child(21)
  log('called')
  await sleep(0)
  log('still nothing')
  log('got', await coro)
})
