// A line over the limit is a ValueError; with its end in the buffer it is dropped, without all of the buffer is.

import { StreamReader } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const reader = new StreamReader({ limit: 4 })
  reader.feedData(bytes('too long\nok\n'))
  for (let n = 0; n < 2; n++) {
    try {
      log(await reader.readline())
    } catch (error) {
      log(error)
    }
  }
  reader.feedData(bytes('no end of it'))
  try {
    await reader.readline()
  } catch (error) {
    log(error)
  }
  reader.feedData(bytes('ab\n'))
  log(await reader.readline())
  const exact = new StreamReader({ limit: 3 })
  exact.feedData(bytes('abc\nabcd\n'))
  for (let n = 0; n < 2; n++) {
    try {
      log(await exact.readline())
    } catch (error) {
      log(error)
    }
  }
})
