// A read that is cancelled or runs out of time takes nothing out of the buffer.

import { createTask, getRunningLoop, StreamReader, sleep, timeout, wait } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  const loop = getRunningLoop()
  loop.callLater(1, () => reader.feedData(bytes('abc')))
  let reading = createTask(reader.readexactly(5))
  await sleep(2)
  reading.cancel()
  await wait([reading])
  log(reading.cancelled())
  try {
    await timeout(5, async () => {
      await reader.readline()
    })
  } catch (error) {
    log(error)
  }
  reader.feedData(bytes('d\n'))
  reading = createTask(reader.readexactly(7))
  await sleep(0)
  reader.feedData(bytes('ef'))
  log(reading.cancel())
  await wait([reading])
  log(await reader.readline(), await reader.read(5))
})
