// Cancelling a gather cancels every child; it throws when the first has ended so, others may still clean up.

import { coroutine, gather, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number, cleanUp: number) => {
  try {
    await sleep(delay)
    return name
  } catch (error) {
    log(name, 'cancelled')
    await sleep(cleanUp)
    log(name, 'cleaned up')
    throw error
  } finally {
    log(name, 'ends')
  }
})

export const main = program(async () => {
  const future = gather([child('a', 5, 1), child('b', 50, 7), child('c', 60, 3)])
  await sleep(10)
  log(future.cancel(), future.done())
  try {
    await future
  } catch (error) {
    log('caught', error, future.cancelled())
  }
  log(future.cancel())
})
