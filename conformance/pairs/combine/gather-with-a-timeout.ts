// A gather that runs out of time cancels its children, those behind a shield excepted.

import { coroutine, createTask, gather, shield, sleep, timeout, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

const child = coroutine(async (name: string, delay: number) => {
  try {
    await sleep(delay)
    log(name, 'ends')
    return name
  } catch (error) {
    log(name, 'cancelled')
    throw error
  }
})

export const main = program(async () => {
  const kept = createTask(child('kept', 40))
  try {
    await timeout(20, async () => {
      await gather([child('quick', 10), child('slow', 30), shield(kept)])
    })
  } catch (error) {
    log(error, kept.done())
  }
  try {
    await waitFor(gather([child('a', 5), child('b', 50)]), 12)
  } catch (error) {
    log(error)
  }
  log(await kept)
})
