// Of nested timeouts each turns its own cancellation only: an outer one passes the inner as a cancellation.

import { coroutine, currentTask, sleep, type Timeout, timeout } from 'hocket'
import { log, program } from '../../src/harness.ts'

const nested = coroutine(async (outer: number, inner: number) => {
  const scopes: Timeout[] = []
  try {
    await timeout(outer, async (one) => {
      scopes.push(one)
      try {
        await timeout(inner, async (two) => {
          scopes.push(two)
          await sleep(100)
        })
      } catch (error) {
        log('inner', error, ...scopes.map((scope) => scope.expired()))
        throw error
      }
    })
  } catch (error) {
    log('outer', error, scopes[0]?.expired(), currentTask()?.cancelling())
  }
})

export const main = program(async () => {
  await nested(20, 10)
  await nested(10, 20)
  try {
    await timeout(30, async () => {
      try {
        await timeout(10, async () => await sleep(100))
      } catch {
        log('handled')
      }
      await sleep(100)
    })
  } catch {
    log('the outer one as well')
  }
})
