// readexactly waits for as many bytes as asked for; the end of file before that is an error with what there was.

import { getRunningLoop, IncompleteReadError, StreamReader } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  const loop = getRunningLoop()
  reader.feedData(bytes('abc'))
  log(await reader.readexactly(2), await reader.readexactly(0))
  for (const [n, data] of ['d', 'e', 'fgh'].entries()) {
    loop.callLater(5 + n, () => reader.feedData(bytes(data)))
  }
  log(await reader.readexactly(4))
  log(await reader.read(1))
  loop.callLater(10, () => reader.feedEof())
  for (const n of [5, 1]) {
    try {
      await reader.readexactly(n)
    } catch (error) {
      if (error instanceof IncompleteReadError) log(error, error.partial, error.expected)
    }
  }
  try {
    await reader.readexactly(-1)
  } catch (error) {
    log(error)
  }
})
