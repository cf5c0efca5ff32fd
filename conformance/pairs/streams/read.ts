// read(n) gives what there is, up to n, and waits only for the first byte; read() waits for the end of file.

import { getRunningLoop, StreamReader } from 'hocket'
import { bytes, log, program, ticks } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  const loop = getRunningLoop()
  reader.feedData(bytes('abcdef'))
  log(await reader.read(4), await reader.read(0), await reader.read(100))
  const start = ticks()
  loop.callSoon(() => reader.feedData(bytes('gh')))
  log(await reader.read(10), ticks() - start)
  for (const [n, data] of ['i', 'jk', 'l'].entries()) {
    loop.callLater(5 + n, () => reader.feedData(bytes(data)))
  }
  loop.callLater(20, () => reader.feedEof())
  log(await reader.read())
  log(await reader.read(), await reader.read(5), reader.atEof())
})
