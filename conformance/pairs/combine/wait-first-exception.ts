// wait for the first exception goes on at an error, not at a result and not at a cancellation.

import { coroutine, createTask, FIRST_EXCEPTION, getRunningLoop, sleep, wait } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number, error?: Error) => {
  await sleep(delay)
  if (error !== undefined) throw error
})

export const main = program(async () => {
  const loop = getRunningLoop()
  const error = new Error('division by zero')
  const slow = createTask(child(100), { name: 'slow' })
  const bad = createTask(child(30, error), { name: 'bad' })
  const quick = createTask(child(10), { name: 'quick' })
  const cancelled = createTask(child(90), { name: 'cancelled' })
  loop.callLater(20, () => cancelled.cancel())
  const tasks = [bad, slow, quick, cancelled]
  let { done, pending } = await wait(tasks, { returnWhen: FIRST_EXCEPTION })
  log(
    [...done].map((task) => task.getName()),
    [...pending].map((task) => task.getName()),
  )
  ;({ done, pending } = await wait([slow, cancelled], { returnWhen: FIRST_EXCEPTION }))
  log(
    [...done].map((task) => task.getName()),
    [...pending].map((task) => task.getName()),
  )
  log(bad.exception() === error)
})
