// An async generator begins at the first next, and costs only the iterations that it awaits itself.

import { anext, asyncGenerator, sleep } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const count = asyncGenerator(async function* (n: number) {
  log('begins')
  for (let k = 0; k < n; k++) {
    if (k % 2 === 1) await sleep(5)
    log('yields', k)
    yield k
  }
  log('ends')
})

export const main = program(async () => {
  const agen = count(4)
  log('made')
  const start = ticks()
  log('first', await anext(agen), ticks() - start)
  for await (const k of agen) {
    log('got', k, ticks() - start)
  }
  log('all', ticks() - start)
  const all: number[] = []
  for await (const k of count(3)) {
    all.push(k)
  }
  log(all)
})
