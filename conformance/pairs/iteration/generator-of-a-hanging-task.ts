// A task that hangs in a generator when main fails is cancelled there and its error reported; main's error goes on.

import { asyncGenerator, coroutine, createTask, RuntimeError, sleep } from 'hocket'
import { log, logErrors, program } from '../../src/harness.ts'

const fidget = asyncGenerator(async function* () {
  try {
    while (true) {
      yield 1
      await sleep(10)
    }
  } finally {
    log('fidget ends')
  }
})

const spinners: AsyncGenerator<number>[] = []

const spin = coroutine(async () => {
  const spinner = fidget()
  spinners.push(spinner)
  try {
    for await (const n of spinner) {
      log(n)
    }
  } catch {
    throw new RuntimeError('')
  }
})

export const main = program(async () => {
  logErrors()
  createTask(spin())
  await sleep(15)
  throw new RangeError()
})
