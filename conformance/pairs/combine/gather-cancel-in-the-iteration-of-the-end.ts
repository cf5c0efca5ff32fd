// A task cancelled after its gather is done but before it has run on loses the results.

import { coroutine, createTask, type Future, gather, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

const waiter = coroutine(async (futures: Future<number>[]) => {
  try {
    log('got', await gather(futures))
  } catch (error) {
    log(
      'cancelled',
      futures.map((future) => future.done()),
    )
    throw error
  }
})

export const main = program(async () => {
  const loop = getRunningLoop()
  for (let turns = 0; turns < 4; turns++) {
    const futures = [loop.createFuture<number>(), loop.createFuture<number>()]
    const task = createTask(waiter(futures))
    await sleep(0)
    await sleep(0)
    for (const future of futures) future.setResult(turns)
    for (let turn = 0; turn < turns; turn++) await sleep(0)
    log(turns, task.cancel())
    try {
      log(await task)
    } catch {
      log('main sees it')
    }
  }
})
