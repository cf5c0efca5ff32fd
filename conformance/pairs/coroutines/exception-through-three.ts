// An exception passes through nested coroutines and may change its type on the way.

import { coroutine, sleep } from 'hocket'
import { log, message, program } from '../../src/harness.ts'

class Boom extends Error {}

const leaf = coroutine(async () => {
  await sleep(1)
  throw new Boom('leaf')
})

const middle = coroutine(async () => {
  try {
    await leaf()
  } catch (error) {
    log('middle', error, message(error))
    throw new RangeError('middle', { cause: error })
  }
})

const top = coroutine(async () => {
  try {
    await middle()
  } finally {
    log('top finally')
  }
})

export const main = program(async () => {
  try {
    await top()
  } catch (error) {
    const { cause } = error as Error
    log('main', error, message(error), 'from', cause, message(cause))
  }
  await leaf()
})
