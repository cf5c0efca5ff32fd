// Of several separators the one that ends first is found; one that begins earlier but ends later is not.

import { getRunningLoop, StreamReader } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  for (const [data, separators] of [
    ['some dataA more', ['A', 'ome dataA']],
    ['a\r\nb\n', ['\n', '\r\n']],
    ['xABCy', ['ABC', 'B']],
    ['xABCy', ['BC', 'ABC']],
    ['one;two', [',', ';', '\n']],
  ] as const) {
    const reader = new StreamReader()
    reader.feedData(bytes(data))
    reader.feedEof()
    log(await reader.readuntil(separators.map(bytes)), await reader.read())
  }
  const reader = new StreamReader()
  for (const [n, data] of ['ab', 'cd', 'e'].entries()) {
    getRunningLoop().callLater(5 + n, () => reader.feedData(bytes(data)))
  }
  log(await reader.readuntil([bytes('de'), bytes('cde')]))
  for (const separators of [bytes(''), [], [bytes('a'), bytes('')]]) {
    try {
      await reader.readuntil(separators)
    } catch (error) {
      log(error)
    }
  }
})
