// The coroutines of Python 3.4: generators that switch at `yield from asyncio.sleep(2)`.

import { createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

function* func1() {
  log(1)
  yield* sleep(2000)
  log(2)
}

function* func2() {
  log(3)
  yield* sleep(2000)
  log(4)
}

export const main = program(async () => {
  const tasks = [createTask(func1()), createTask(func2())]
  for (const task of tasks) await task
})
