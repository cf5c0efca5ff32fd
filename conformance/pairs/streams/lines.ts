// A stream that is iterated gives its lines, the last one too if it has no end, and stops at the end of file.

import { getRunningLoop, StreamReader } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  const loop = getRunningLoop()
  for (const [n, data] of ['one\ntwo\nth', 'ree\n', 'four'].entries()) {
    loop.callLater(5 + n, () => reader.feedData(bytes(data)))
  }
  loop.callLater(10, () => reader.feedEof())
  for await (const line of reader) {
    log(line)
  }
  log(reader.atEof())
})
