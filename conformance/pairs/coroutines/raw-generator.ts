// A generator that waits with `yield from` is a coroutine like any other.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

function* legacy(name: string, delay: number) {
  log(name, 'start')
  yield* sleep(delay)
  log(name, 'end')
  return name
}

const caller = coroutine(function* () {
  const first = yield* legacy('inner', 2)
  const second = yield* legacy('again', 0)
  return `${first} ${second}`
})

export const main = program(async () => {
  log(await caller())
  const task = createTask(legacy('task', 3))
  log('handed over')
  log(await task)
})
