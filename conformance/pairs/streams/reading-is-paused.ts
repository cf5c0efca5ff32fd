// The transport is paused when more than twice the limit is buffered, and goes on when the limit is left.

import { StreamReader, type Transport } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

const pausing = {
  pauseReading: () => log('pause'),
  resumeReading: () => log('resume'),
}

export const main = program(async () => {
  const reader = new StreamReader({ limit: 4 })
  reader.setTransport(pausing as unknown as Transport)
  for (const data of ['1234', '5678', '9', '0']) {
    log('feed', bytes(data))
    reader.feedData(bytes(data))
  }
  for (const n of [2, 2, 1, 1, 1, 3]) log(await reader.read(n))
  reader.feedData(bytes('0123456789'))
  log(await reader.readexactly(10))
})
