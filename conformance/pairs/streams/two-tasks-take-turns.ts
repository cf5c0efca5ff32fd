// Two tasks that read one stream by a lock get whole lines each, whatever the chunks.

import { coroutine, gather, getRunningLoop, Lock, StreamReader, sleep } from 'hocket'
import { bytes, log, program } from '../../src/harness.ts'

const worker = coroutine(async (reader: StreamReader, lock: Lock, name: string) => {
  while (true) {
    await lock.acquire()
    const line = await reader.readline()
    lock.release()
    if (line.length === 0) return
    log(name, line)
    await sleep(0)
  }
})

export const main = program(async () => {
  const [reader, lock] = [new StreamReader(), new Lock()]
  const loop = getRunningLoop()
  for (const [n, data] of ['on', 'e\ntwo\nthr', 'ee', '\nfour\nfive\n'].entries()) {
    loop.callLater(5 + n, () => reader.feedData(bytes(data)))
  }
  loop.callLater(20, () => reader.feedEof())
  await gather([worker(reader, lock, 'a'), worker(reader, lock, 'b')])
})
