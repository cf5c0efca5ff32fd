// `run_until_complete` takes coroutines, tasks and futures and gives their result or error.

import { coroutine, sleep } from 'hocket'
import { log, message, onLoop } from '../../src/harness.ts'

export const main = onLoop(async (loop) => {
  const child = coroutine(async (value: string) => {
    await sleep(5)
    return value
  })

  const failing = coroutine(async () => {
    await sleep(5)
    throw new RangeError('failed')
  })

  log(await loop.runUntilComplete(child('coroutine')))
  log(await loop.runUntilComplete(loop.createTask(child('task'))))
  const future = loop.createFuture<string>()
  loop.callLater(5, () => future.setResult('future'))
  log(await loop.runUntilComplete(future), loop.isRunning())
  log(await loop.runUntilComplete(future))
  try {
    await loop.runUntilComplete(failing())
  } catch (error) {
    log(error, message(error))
  }
  log(await loop.runUntilComplete(child('again')), loop.time())
})
