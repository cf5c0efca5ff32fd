// `sleep(delay, result)` gives the result back.

import { sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  log(await sleep(0), await sleep(0, 'at once'))
  log(await sleep(7, 'later'), await sleep(-1, [1, 2]))
  return await sleep(1, 'end')
})
