// anext asks an object of one's own, with an await in its next, and gives its default at the end alone.

import { aiter, anext, coroutine, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const makeReader = (n: number) => {
  let left = n

  const next = coroutine(async (): Promise<IteratorResult<number, undefined>> => {
    await sleep(2)
    if (left === 0) return { done: true, value: undefined }
    left -= 1
    return { done: false, value: left }
  })

  const reader = { next, [Symbol.asyncIterator]: () => reader }
  return reader
}

export const main = program(async () => {
  const reader = aiter(makeReader(2))
  log(await anext(reader), await anext(reader, 'default'))
  log(await anext(reader, 'default'), await anext(reader, null))
  try {
    await anext(reader)
  } catch (error) {
    log(error)
  }
})
