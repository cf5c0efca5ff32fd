// A coroutine awaits itself down to a leaf that suspends; the way up costs no iteration.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const depth: (n: number) => PromiseLike<number> = coroutine(async (n: number) => {
  if (n === 0) {
    log('bottom')
    await sleep(5)
    log('up again')
    return 0
  }
  return 1 + (await depth(n - 1))
})

const fibonacci: (n: number) => PromiseLike<number> = coroutine(async (n: number) => {
  if (n < 2) {
    await sleep(0)
    return n
  }
  return (await fibonacci(n - 1)) + (await fibonacci(n - 2))
})

export const main = program(async () => {
  log(await depth(100))
  log(await fibonacci(7))
})
