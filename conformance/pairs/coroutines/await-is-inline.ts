// Awaiting a coroutine runs it in the same task and costs no iteration.

import { coroutine, currentTask, getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

const leaf = coroutine(async () => {
  log('leaf in', currentTask()?.getName())
  return 'leaf'
})

const branch = coroutine(async () => {
  log('branch in', currentTask()?.getName())
  const value = await leaf()
  log('branch after leaf')
  return `branch of ${value}`
})

export const main = program(async () => {
  currentTask()?.setName('root')
  getRunningLoop().callSoon(log, 'next iteration')
  log(await branch())
  log(await branch())
})
