// wait_closed waits until the connection is lost and throws what it was lost by; drain gives way once while closing.

import {
  getRunningLoop,
  StreamReader,
  StreamReaderProtocol,
  StreamWriter,
  type Transport,
} from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const makeTransport = () => {
  let closing = false
  return {
    isClosing: () => closing,
    close: () => {
      closing = true
    },
    getExtraInfo: () => undefined,
  } as unknown as Transport
}

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const error of [null, new RangeError()]) {
    const reader = new StreamReader()
    const protocol = new StreamReaderProtocol(reader)
    const transport = makeTransport()
    protocol.connectionMade(transport)
    const writer = new StreamWriter(transport, protocol, reader)
    log(writer.isClosing())
    writer.close()
    const start = ticks()
    await writer.drain()
    log('closing', writer.isClosing(), ticks() - start)
    loop.callLater(5, () => protocol.connectionLost(error))
    try {
      await writer.waitClosed()
      log('closed')
    } catch (caught) {
      log('closed by', caught, reader.exception())
    }
    log(reader.atEof())
  }
})
