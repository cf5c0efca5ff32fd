// wait of nothing, of a coroutine, or until something unknown is an error, thrown when it is awaited.

import { coroutine, createTask, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const nop = coroutine(async () => {})

const attempt = coroutine(async (name: string, waiting: () => PromiseLike<unknown>) => {
  try {
    await waiting()
  } catch (error) {
    log(name, error)
  }
})

export const main = program(async () => {
  const task = createTask(nop())
  await attempt('nothing', () => wait([]))
  await attempt('coroutine', () => wait([task, nop() as never]))
  await attempt('unknown', () => wait([task], { returnWhen: 'SOMETIME' as never }))
  await attempt('future itself', () => wait(task as never))
})
