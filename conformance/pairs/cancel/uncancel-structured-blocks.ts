// A timeout made by hand of call_later, cancel and uncancel: only its own cancel becomes a timeout.

import { coroutine, createTask, currentTask, sleep, type Task, TimeoutError } from 'hocket'
import { log, program } from '../../src/harness.ts'

const request = coroutine(async (delay: number, timeout: number) => {
  const task = currentTask() as Task<unknown>
  const loop = task.getLoop()
  let timedOut = false

  const onTimeout = () => {
    timedOut = true
    task.cancel()
  }

  const handle = loop.callLater(timeout, onTimeout)
  let finished = false
  try {
    try {
      await sleep(delay)
      finished = true
    } catch (error) {
      if (timedOut && task.uncancel() === 0) throw new TimeoutError()
      throw error
    } finally {
      handle.cancel()
    }
  } catch (error) {
    if (!(error instanceof TimeoutError)) throw error
    log(error)
  }
  await sleep(0)
  return [timedOut, finished, task.cancelling()]
})

export const main = program(async () => {
  log(await createTask(request(1000, 100)))
  log(await createTask(request(0, 1000)))
  const outer = createTask(request(1000, 100))
  await sleep(50)
  outer.cancel()
  try {
    await outer
  } catch {
    log('cancelled from outside', outer.cancelling())
  }
})
