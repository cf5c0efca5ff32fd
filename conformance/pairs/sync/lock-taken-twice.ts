// A lock is not for its owner to take again: that waits for ever, and a timeout is the way out.

import { Lock, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const lock = new Lock()
  await using _held = await lock.acquire()
  try {
    await timeout(10, async () => {
      await lock.acquire()
    })
  } catch (error) {
    log(error, lock.locked())
  }
  log('again')
  await lock.acquire()
})
