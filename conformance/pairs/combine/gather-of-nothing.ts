// gather of nothing is done at once, with an empty list.

import { gather } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const empty = gather([])
  log(empty.done(), await empty)
  log(await gather([], { returnExceptions: true }))
})
