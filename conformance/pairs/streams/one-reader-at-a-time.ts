// A second read while one waits is a RuntimeError, and does the first one no harm.

import { createTask, StreamReader, sleep } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  const first = createTask(reader.readline())
  await sleep(1)
  for (const read of [() => reader.read(), () => reader.readline(), () => reader.readexactly(1)]) {
    try {
      await read()
    } catch (error) {
      log(error)
    }
  }
  reader.feedData(bytes('line\n'))
  log(await first)
})
