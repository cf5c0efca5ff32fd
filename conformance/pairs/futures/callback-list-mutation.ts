// Callbacks that add and remove callbacks while they run.

import { getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const future = getRunningLoop().createFuture<void>()
  const third = () => log('third')
  const first = () => {
    log('first removes', future.removeDoneCallback(third))
    future.addDoneCallback(() => log('added by first'))
  }
  const second = () => log('second')

  for (const callback of [first, second, third]) future.addDoneCallback(callback)
  future.setResult()
  await sleep(0)
  log('one iteration later')
  await sleep(0)
  log('end')
})
