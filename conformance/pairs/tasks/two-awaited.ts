// Two tasks run side by side; each await gives its own result.

import { coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number) => {
  log(name, 'start')
  await sleep(delay)
  log(name, 'end')
  return name
})

export const main = program(async () => {
  const first = createTask(child('first', 20))
  const second = createTask(child('second', 10))
  log('made', first.done(), second.done())
  log(await first, second.done())
  log(await second, first.done())
})
