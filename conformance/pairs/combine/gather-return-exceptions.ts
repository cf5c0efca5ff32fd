// With returnExceptions errors stand among the results, a cancelled child's too, and nothing is thrown.

import { coroutine, createTask, gather, getRunningLoop, RuntimeError, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (delay: number, error?: Error) => {
  await sleep(delay)
  if (error !== undefined) throw error
  return delay
})

export const main = program(async () => {
  const cancelled = createTask(child(40))
  getRunningLoop().callLater(25, () => cancelled.cancel())
  const results = await gather(
    [child(30), child(10, new RangeError()), cancelled, child(20, new RuntimeError(''))],
    { returnExceptions: true },
  )
  log(results)
})
