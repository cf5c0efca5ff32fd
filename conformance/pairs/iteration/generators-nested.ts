// A generator over another one closes it when it is closed itself, the inner one first.

import { asyncGenerator, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const inner = asyncGenerator(async function* () {
  try {
    for (let n = 0; n < 10; n++) {
      await sleep(1)
      yield n
    }
  } finally {
    await sleep(1)
    log('inner closed')
  }
})

const outer = asyncGenerator(async function* () {
  try {
    for await (const n of inner()) {
      yield n * 10
    }
  } finally {
    log('outer closed')
  }
})

export const main = program(async () => {
  for await (const n of outer()) {
    log(n)
    if (n === 20) break
  }
  log('end')
})
