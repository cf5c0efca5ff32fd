// At the end of file without a separator readuntil throws what there was, and takes it out of the buffer.

import { getRunningLoop, IncompleteReadError, StreamReader } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  reader.feedData(bytes('rest'))
  getRunningLoop().callLater(5, () => reader.feedEof())
  for (let n = 0; n < 2; n++) {
    try {
      await reader.readuntil()
    } catch (error) {
      if (error instanceof IncompleteReadError) log(error, error.partial, error.expected)
    }
  }
  log(reader.atEof(), await reader.read(), await reader.readline())
})
