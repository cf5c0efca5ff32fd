// What is over the limit stays in the buffer, and the error says how much can be consumed.

import { LimitOverrunError, StreamReader } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  for (const [data, separators] of [
    ['some dataA', ['A', 'ome dataA']],
    ['some dataA', ['ome dataA', 'A']],
    ['some data', ['A']],
    ['some dataA', ['AB']],
    ['abcA', ['A']],
    ['abcdA', ['A']],
  ] as const) {
    const reader = new StreamReader({ limit: 3 })
    reader.feedData(bytes(data))
    try {
      log(await reader.readuntil(separators.map(bytes)))
    } catch (error) {
      if (error instanceof LimitOverrunError) log(error, error.consumed)
    }
    reader.feedEof()
    log(await reader.read())
  }
})
