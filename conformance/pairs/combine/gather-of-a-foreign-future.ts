// A gather over futures: results, errors and cancellations that are set from outside, one by one.

import { gather, getRunningLoop, sleep } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  for (const last of ['result', 'error', 'cancel']) {
    const futures = [0, 1, 2].map(() => loop.createFuture<string>())
    const gathered = gather(futures)
    gathered.addDoneCallback(() => log('gathered', gathered.cancelled()))
    futures[2]?.setResult('c')
    futures[0]?.setResult('a')
    await sleep(1)
    if (last === 'result') futures[1]?.setResult('b')
    else if (last === 'error') futures[1]?.setException(new RangeError())
    else futures[1]?.cancel()
    log(last, gathered.done())
    await sleep(0)
    log(gathered.done())
    try {
      log(await gathered)
    } catch (error) {
      log(error)
    }
  }
})
