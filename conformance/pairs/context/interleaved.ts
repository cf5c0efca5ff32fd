// Interleaved tasks keep their own values across every suspension.

import { ContextVar, coroutine, createTask, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const name = new ContextVar<number>('name')

const helper = coroutine(async () => {
  await sleep(0)
  return name.get()
})

const worker = coroutine(async (n: number) => {
  name.set(n)
  for (let round = 0; round < 3; round++) {
    await sleep(round === 1 ? n + 0.5 : 0)
    log('worker', n, name.get(), await helper())
    name.set(name.get() + 10)
  }
})

export const main = program(async () => {
  const tasks = [0, 1, 2].map((n) => createTask(worker(n)))
  for (const task of tasks) await task
  log('main', name.get('nothing' as never))
})
