// A result in the iteration of the expiry: the timeout's cancel finds the future done, or it does not.

import { createTask, getRunningLoop, sleep, waitFor } from 'hocket'
import { log, program, spend } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  for (let turns = 0; turns < 4; turns++) {
    const future = loop.createFuture<string>()
    const waiting = createTask(waitFor(future, 10))
    await sleep(9.5)
    spend(0.5)
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    if (!future.done()) future.setResult('value')
    try {
      log(turns, await waiting, future.cancelled())
    } catch (error) {
      log(turns, error, future.cancelled())
    }
  }
})
