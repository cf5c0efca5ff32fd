// aclosing closes what was not iterated to its end when its block ends, and does nothing to what was.

import { aclosing, anext, asyncGenerator, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const count = asyncGenerator(async function* (name: string, n: number) {
  try {
    for (let k = 0; k < n; k++) {
      await sleep(1)
      yield k
    }
  } finally {
    log(name, 'ends')
  }
})

export const main = program(async () => {
  const agen = count('one', 10)
  {
    await using _closing = aclosing(agen)
    log(await anext(agen), await anext(agen))
    log('block ends')
  }
  log(await anext(agen, 'over'))
  await aclosing(count('two', 1)).run(async (agen) => {
    const all: number[] = []
    for await (const k of agen) {
      all.push(k)
    }
    log(all)
    log('block ends')
  })
  await aclosing(count('never begun', 1)).run(async () => {})
})
