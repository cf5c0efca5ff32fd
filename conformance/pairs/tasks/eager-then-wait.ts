// An eagerly started task that sleeps: its first step before its maker goes on, the rest in turn.

import { coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number) => {
  log(name, 'start')
  await sleep(delay)
  log(name, 'end')
  return name
})

export const main = program(async () => {
  const first = createTask(child('first', 2), { eagerStart: true })
  log('main')
  const second = createTask(child('second', 1), { eagerStart: true })
  log('main again')
  getRunningLoop().callSoon(log, 'soon')
  log(await first, second.done())
  log(await second)
})
