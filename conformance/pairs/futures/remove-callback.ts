// `remove_done_callback` takes every equal entry out and says how many.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const future = getRunningLoop().createFuture<void>()
  const first = () => log('first')
  const second = () => log('second')

  future.addDoneCallback(first)
  future.addDoneCallback(second)
  future.addDoneCallback(first)
  future.addDoneCallback(second)
  log(future.removeDoneCallback(first))
  log(future.removeDoneCallback(first))
  future.addDoneCallback(first)
  future.setResult()
  log(future.removeDoneCallback(first))
  await sleep(0)
})
