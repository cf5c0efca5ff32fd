// A gather of what ends at once takes three iterations, of what is done already none.

import { coroutine, gather, getRunningLoop } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const nop = coroutine(async () => {})

export const main = program(async () => {
  let start = ticks()
  await gather([nop()])
  log('one', ticks() - start)
  start = ticks()
  await gather([nop(), nop(), nop()])
  log('three', ticks() - start)
  const done = getRunningLoop().createFuture<string>()
  done.setResult('value')
  start = ticks()
  log(await gather([done, done]))
  log('done', ticks() - start)
  start = ticks()
  log(await gather([done, nop()]))
  log('mixed', ticks() - start)
})
