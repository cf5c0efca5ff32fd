// A body that ends in time gives its value with no iteration more, and its timer does not keep the loop.

import { coroutine, sleep, type Timeout, timeout } from 'hocket'
import { log, program, ticks } from '../../src/harness.ts'

const work = coroutine(async () => {
  await sleep(5)
  return 'value'
})

export const main = program(async () => {
  const start = ticks()
  let scope: Timeout | undefined
  await timeout(1000, async (inside) => {
    scope = inside
    log('inside', ticks() - start)
  })
  log('empty', ticks() - start, scope?.expired())
  const value = await timeout(1000, async (inside) => {
    scope = inside
    return await work()
  })
  log(value)
  log(scope?.expired(), scope?.when())
})
