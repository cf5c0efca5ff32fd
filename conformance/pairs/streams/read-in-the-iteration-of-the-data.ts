// In which iteration a waiting read goes on, for data, for the end of file, and for both at once.

import { coroutine, createTask, StreamReader, sleep } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

const reading = coroutine(async (reader: StreamReader, read: () => PromiseLike<Uint8Array>) => {
  log(await read(), reader.atEof())
})

export const main = program(async () => {
  for (const read of ['read', 'read one', 'readline', 'readexactly'] as const) {
    for (const how of ['data', 'eof', 'both', 'two']) {
      const reader = new StreamReader()
      const reads = {
        read: () => reader.read(),
        'read one': () => reader.read(1),
        readline: () => reader.readline(),
        readexactly: () => reader.readexactly(0),
      }
      const task = createTask(reading(reader, reads[read]))
      await sleep(1)
      log(read, how)
      if (how !== 'eof') reader.feedData(bytes('a\n'))
      if (how === 'two') reader.feedData(bytes('b\n'))
      if (how === 'eof' || how === 'both') reader.feedEof()
      await sleep(0)
      log('one iteration on', task.done())
      await sleep(1)
      reader.feedEof()
      await task
    }
  }
})
