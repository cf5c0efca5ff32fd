// A return in the middle ends a generator, through its finally, and for await ends with it.

import { anext, asyncGenerator, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const count = asyncGenerator(async function* (n: number) {
  try {
    for (let k = 0; k < n; k++) {
      if (k === 2) return
      yield k
    }
  } finally {
    await sleep(1)
    log('finally')
  }
})

export const main = program(async () => {
  for await (const k of count(5)) {
    log(k)
  }
  log('end')
  const agen = count(1)
  log(await anext(agen), await anext(agen, 'over'), await anext(agen, 'still over'))
})
