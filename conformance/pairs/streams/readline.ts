// readline gives a line with its end, however it was cut when it came; at the end of file what is left.

import { getRunningLoop, StreamReader } from 'hocket'
import { bytes, log, program, ticks } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  const start = ticks()
  reader.feedData(bytes('one\ntw'))
  log(await reader.readline(), ticks() - start)
  const loop = getRunningLoop()
  loop.callLater(5, () => reader.feedData(bytes('o')))
  loop.callLater(6, () => reader.feedData(bytes('\nthree\n\nfo')))
  for (let n = 0; n < 3; n++) log(await reader.readline())
  loop.callLater(7, () => reader.feedData(bytes('ur')))
  loop.callLater(8, () => reader.feedEof())
  log(reader.atEof(), await reader.readline())
  log(reader.atEof(), await reader.readline())
})
