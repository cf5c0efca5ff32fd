// A closed loop refuses work; closing twice is no error, closing a running loop is one.

import { log, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  const other: unknown[] = []

  const closeMe = () => {
    try {
      loop.close()
    } catch (error) {
      other.push(error)
    }
  }

  loop.callSoon(closeMe)
  loop.callSoon(() => loop.stop())
  await loop.runForever()
  log('while running', other[0], loop.isClosed())
  loop.callSoon(log, 'dropped')
  loop.callLater(1, log, 'dropped')
  loop.close()
  loop.close()
  log(loop.isClosed(), loop.isRunning())
  for (const use of [
    () => loop.callSoon(log),
    () => loop.callLater(1, log),
    () => loop.runForever(),
  ]) {
    try {
      await use()
    } catch (error) {
      log('refused', error)
    }
  }
})
