// readexactly may read more than twice the limit: it lets the transport go on by itself.

import { getRunningLoop, StreamReader, sleep, type Transport } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

const pausing = {
  pauseReading: () => log('pause'),
  resumeReading: () => log('resume'),
} as unknown as Transport

export const main = program(async () => {
  const reader = new StreamReader({ limit: 2 })
  reader.setTransport(pausing)
  const loop = getRunningLoop()
  for (const [n, data] of ['12345', '678', '90ab', 'cdefgh'].entries()) {
    loop.callLater(5 + n, () => reader.feedData(bytes(data)))
  }
  log(await reader.readexactly(12))
  await sleep(5)
  log(await reader.read(1))
  log(await reader.readexactly(5))
})
