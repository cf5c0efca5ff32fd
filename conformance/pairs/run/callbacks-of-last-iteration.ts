// What main's last step adds to the loop still runs in the iteration that ends the run.

import { currentTask, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  await sleep(1)
  loop.callSoon(log, 'soon')
  loop.callSoon(() => loop.callSoon(log, 'one more'))
  loop.callLater(5, log, 'not reached')
  currentTask()?.addDoneCallback((task) => log('main is done', task.result()))
  return 'value'
})
