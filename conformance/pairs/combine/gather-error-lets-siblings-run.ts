// The first error goes to whoever awaits a gather; the other children run on, to their ends.

import { CancelledError, coroutine, createTask, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number, error?: Error) => {
  try {
    await sleep(delay)
    if (error !== undefined) throw error
    log(name, 'ends')
    return name
  } catch (error) {
    if (error instanceof CancelledError) log(name, 'cancelled')
    throw error
  }
})

export const main = program(async () => {
  const slow = createTask(child('slow', 30))
  try {
    await gather([slow, child('bad', 10, new RangeError()), child('worse', 20, new TypeError())])
  } catch (error) {
    log('caught', error)
  }
  log(slow.done())
  log('slow gives', await slow)
})
