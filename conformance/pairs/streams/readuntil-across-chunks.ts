// readuntil finds a separator that came in pieces, and leaves what is behind it.

import { StreamReader } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader()
  for (const chunks of [
    ['QWEaa', 'XYaa', 'a'],
    ['QWEaa', 'XYa', 'aa'],
    ['aaa'],
    ['Xaaa'],
    ['XXX', 'a', 'a', 'a'],
    ['a', 'abaaa'],
  ]) {
    for (const chunk of chunks) reader.feedData(bytes(chunk))
    log(await reader.readuntil(bytes('aaa')))
  }
  reader.feedData(bytes('xaaaarest'))
  log(await reader.readuntil(bytes('aaa')))
  reader.feedEof()
  log(await reader.read())
})
