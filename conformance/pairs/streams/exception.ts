// An exception that is set wakes who reads and is thrown by every read from then on, whatever is in the buffer.

import { createTask, StreamReader, sleep } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  const reading = createTask(reader.readline())
  await sleep(1)
  log(reader.exception())
  reader.feedData(bytes('part'))
  await sleep(1)
  reader.setException(new RangeError())
  try {
    await reading
  } catch (error) {
    log('waiting', error)
  }
  for (const read of [
    () => reader.read(),
    () => reader.readline(),
    () => reader.readexactly(1),
    () => reader.readuntil(),
  ]) {
    try {
      log(await read())
    } catch (error) {
      log(error, reader.exception())
    }
  }
})
