// Releasing a lock that nobody holds is a RuntimeError; a block that fails releases its lock.

import { Lock } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const lock = new Lock()
  try {
    lock.release()
  } catch (error) {
    log(error)
  }
  try {
    await using _held = await lock.acquire()
    log(lock.locked())
    throw new RangeError()
  } catch (error) {
    log(error, lock.locked())
  }
  await lock.acquire()
  lock.release()
  try {
    lock.release()
  } catch (error) {
    log(error, lock.locked())
  }
})
