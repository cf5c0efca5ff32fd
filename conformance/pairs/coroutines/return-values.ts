// Every kind of value comes back from a coroutine as it was returned.

import { coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const give = coroutine(async (value: unknown) => {
  await sleep(0)
  return value
})

const nothing = coroutine(async () => {
  await sleep(0)
})

export const main = program(async () => {
  log(await give(1), await give('two'), await give([3, 'three', null]))
  log(await give(true), await give(null), await nothing())
  const error = new RangeError('not raised')
  log((await give(error)) === error)
  return await give({ a: 1, b: [2.5, false] })
})
