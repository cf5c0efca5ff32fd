// Futures that set each other in callbacks take one iteration a link.

import { type Future, getRunningLoop } from 'hocket'
import { log, program } from '../../src/harness.ts'

export const main = program(async () => {
  const loop = getRunningLoop()
  const futures = Array.from({ length: 5 }, () => loop.createFuture<number>())

  const link = (source: Future<number> | undefined, target: Future<number> | undefined) => {
    source?.addDoneCallback((done) => target?.setResult(done.result() + 1))
  }

  for (let n = 0; n < 4; n++) {
    link(futures[n], futures[n + 1])
    futures[n]?.addDoneCallback((done) => log('done', done.result()))
  }
  loop.callLater(3, () => futures[0]?.setResult(0))
  log(await futures[4])
  log(futures.every((future) => future.done()))
})
