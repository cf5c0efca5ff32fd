// An error that was set is lost to a cancel in the same iteration too.

import { coroutine, createTask, type Future, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (future: Future<string>) => {
  try {
    await future
  } catch (error) {
    log('thrown', error)
  }
  return 'end'
})

export const main = program(async () => {
  const future = getRunningLoop().createFuture<string>()
  const task = createTask(child(future))
  await sleep(0)
  future.setException(new RangeError('lost'))
  task.cancel()
  log(await task, future.exception())
})
