// asCompleted: in which iteration each result is there, for tasks that end at once and for done ones.

import { asCompleted, coroutine, createTask, sleep, type Task } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const nop = coroutine(async (n: number) => n)

export const main = program(async () => {
  let start = ticks()
  for (const nextOne of asCompleted([nop(0)])) {
    await nextOne
    log('coroutine', ticks() - start)
  }
  const tasks = [0, 1, 2].map((n) => createTask(nop(n)))
  await sleep(0)
  start = ticks()
  for (const nextOne of asCompleted(tasks)) log('done', await nextOne, ticks() - start)
  start = ticks()
  for await (const future of asCompleted(tasks)) {
    const task = future as unknown as Task<number>
    log('again', task.result(), ticks() - start)
  }
})
