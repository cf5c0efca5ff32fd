// wait neither throws when its time is over nor cancels what is pending.

import { coroutine, createTask, getRunningLoop, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number) => {
  try {
    await sleep(delay)
    log('end', delay)
  } catch {
    log('cancelled', delay)
  }
})

export const main = program(async () => {
  const tasks = [10, 50].map((delay) => createTask(child(delay)))
  for (const timeout of [0, 20, null]) {
    const { done, pending } = await wait(tasks, { timeout })
    log('timeout', timeout, done.size, pending.size)
  }
  const never = getRunningLoop().createFuture()
  const { done, pending } = await wait([never], { timeout: 5 })
  log(done.size, pending.size, never.done())
})
