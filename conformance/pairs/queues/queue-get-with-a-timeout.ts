// A get whose time is over takes nothing: an item that comes later is there for the next one.

import { getRunningLoop, Queue, sleep, waitFor } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const queue = new Queue<string>()
  for (const delay of [5, 20]) {
    getRunningLoop().callLater(10, () => queue.putNowait(`item ${delay}`))
    try {
      log(await waitFor(queue.get(), delay))
    } catch (error) {
      log(error)
      await sleep(10)
    }
    log(queue.qsize())
  }
  await sleep(11)
  log(queue.getNowait())
})
