// Break, continue and return inside try/finally around awaits.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const search = coroutine(async (limit: number) => {
  for (let n = 0; n < 10; n++) {
    try {
      await sleep(1)
      if (n % 2) continue
      if (n === limit) return n
      if (n === 6) break
      log('even', n)
    } finally {
      log('finally', n)
    }
  }
  return 'none found'
})

export const main = program(async () => {
  log(await search(2))
  log(await search(100))
})
