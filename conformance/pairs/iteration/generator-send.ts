// What next is given is the value of the yield at which the generator stands.

import { asyncGenerator, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const echo = asyncGenerator(async function* (): AsyncGenerator<number, void, string> {
  const received: string[] = []
  try {
    while (true) {
      received.push(yield received.length)
      await sleep(1)
    }
  } finally {
    log('received', received)
  }
})

export const main = program(async () => {
  const agen = echo()
  log((await agen.next()).value)
  for (const value of ['a', 'b', 'c']) log('sent', (await agen.next(value)).value)
  await agen.aclose()
  log('closed')
})
