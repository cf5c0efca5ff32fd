// Separators of different length over chunks: nothing is missed where the buffer is shorter than the long one.

import { createTask, getRunningLoop, StreamReader } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const chunks of [
    ['Z', 'Aaaa'],
    ['long', ' s', 'ep rest'],
    ['lon', 'gA'],
    ['', 'A'],
  ]) {
    const reader = new StreamReader()
    reader.feedData(bytes('data'))
    const task = createTask(reader.readuntil([bytes('A'), bytes('long sep')]))
    for (const chunk of chunks) loop.callSoon(() => reader.feedData(bytes(chunk)))
    log(await task)
    reader.feedEof()
    log(await reader.read())
  }
})
