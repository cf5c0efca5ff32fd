// With no time at all waitFor gives the result of what is done, and cancels the rest before it starts.

import { coroutine, createTask, getRunningLoop, sleep, waitFor } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const nop = coroutine(async () => {
  log('never starts')
})

const cleansUp = coroutine(async () => {
  try {
    await sleep(100)
  } finally {
    log('ends')
  }
})

const survives = coroutine(async () => {
  try {
    await sleep(101)
    return ''
  } catch {
    return 'survived'
  }
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<string>()
  future.setResult('value')
  log(await waitFor(future, -1))
  for (const coro of [nop(), cleansUp()]) {
    const start = ticks()
    try {
      await waitFor(coro, 0)
    } catch (error) {
      log('caught', error, ticks() - start)
    }
  }
  const task = createTask(cleansUp())
  const other = createTask(survives())
  await sleep(5)
  const start = ticks()
  try {
    await waitFor(task, -3)
  } catch {
    log('caught', task.cancelled(), ticks() - start)
  }
  log(await waitFor(other, 0))
})
