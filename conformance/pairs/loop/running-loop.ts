// The running loop is known in coroutines and callbacks, and outside there is none.

import { coroutine, getRunningLoop, sleep } from 'hocket'
import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  const check = (where: string) => {
    try {
      log(where, getRunningLoop() === loop)
    } catch (error) {
      log(where, error)
    }
  }

  const child = coroutine(async () => {
    check('coroutine')
    loop.callSoon(check, 'callback')
    await sleep(1)
    check('after a sleep')
  })

  check('outside')
  await loop.runUntilComplete(child())
  check('outside again')
})
