// What a server does with a connection is a task of its own; its error is reported, and closes the connection.

import { coroutine, StreamReader, StreamReaderProtocol, sleep, type Transport } from 'hocket'
import { bytes, log, logErrors, program } from '../../src/harness.ts'

const transport = {
  close: () => log('close'),
  getExtraInfo: () => undefined,
} as unknown as Transport

export const main = program(async () => {
  logErrors()
  for (const fails of [false, true]) {
    const clientConnected = coroutine(async (reader: StreamReader) => {
      log('connected')
      log(await reader.readline())
      if (fails) throw new RangeError()
    })

    const reader = new StreamReader()
    const protocol = new StreamReaderProtocol(reader, { clientConnected })
    protocol.connectionMade(transport)
    log('made')
    await sleep(1)
    protocol.dataReceived(bytes('hello\n'))
    log(protocol.eofReceived())
    await sleep(1)
  }
})
