// wait and notify of a condition whose lock is not held are RuntimeErrors.

import { Condition } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const condition = new Condition()
  for (const attempt of [
    () => condition.notify(),
    () => condition.notifyAll(),
    () => condition.release(),
  ]) {
    try {
      attempt()
    } catch (error) {
      log(error)
    }
  }
  for (const attempt of [() => condition.wait(), () => condition.waitFor(() => false)]) {
    try {
      await attempt()
    } catch (error) {
      log(error)
    }
  }
  log(condition.locked())
  await using _held = await condition.acquire()
  log(await condition.waitFor(() => 'at once'))
})
