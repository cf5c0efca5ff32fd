// A main that swallows the cancel of a Ctrl-C runs on, and run gives its result.

import { currentTask, getRunningLoop, sleep } from 'hocket'
import { interrupt, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  getRunningLoop().callLater(5, interrupt)
  try {
    await sleep(100)
  } catch {
    log('swallowed', currentTask()?.cancelling())
  }
  await sleep(5)
  log('goes on')
  return 'result'
})
