// An exception that is set when the reader has been cancelled waits for the next read.

import { createTask, StreamReader, sleep, wait } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  for (const turns of [0, 1]) {
    const task = createTask(reader.readline())
    await sleep(1)
    task.cancel()
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    if (turns > 0) reader.setException(new RangeError())
    else reader.feedData(bytes('part'))
    await wait([task])
    log(task.cancelled(), reader.atEof())
  }
  try {
    await reader.read(1)
  } catch (error) {
    log(error)
  }
})
