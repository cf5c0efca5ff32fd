// drain waits only while writing is paused; all that wait go on in order, and a lost connection throws.

import {
  coroutine,
  createTask,
  StreamReader,
  StreamReaderProtocol,
  StreamWriter,
  sleep,
  type Transport,
  wait,
} from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const transport = {
  isClosing: () => false,
  getExtraInfo: () => undefined,
} as unknown as Transport

const drain = coroutine(async (writer: StreamWriter, name: string) => {
  try {
    await writer.drain()
    log(name, 'drained')
  } catch (error) {
    log(name, error)
  }
})

export const main = program(async () => {
  const reader = new StreamReader()
  const protocol = new StreamReaderProtocol(reader)
  protocol.connectionMade(transport)
  const writer = new StreamWriter(transport, protocol, reader)
  const start = ticks()
  await writer.drain()
  log('not paused', ticks() - start)
  protocol.pauseWriting()
  const tasks = ['a', 'b', 'c'].map((name) => createTask(drain(writer, name)))
  await sleep(1)
  tasks[1]?.cancel()
  await sleep(1)
  protocol.resumeWriting()
  await wait(tasks)
  protocol.pauseWriting()
  const task = createTask(drain(writer, 'd'))
  await sleep(1)
  protocol.connectionLost(null)
  await task
  await drain(writer, 'e')
  reader.setException(new RangeError())
  await drain(writer, 'f')
})
