// When the loop was busy for so long that both timeouts of a nest are over, the outer one wins.

import { currentTask, sleep, type Task, type Timeout, timeout } from 'hocket'
import { log, program, spend } from '../../src/harness.ts'

export const main = program(async () => {
  const task = currentTask() as Task<unknown>
  for (const [outer, inner] of [
    [100, 10],
    [10, 100],
  ] as const) {
    const scopes: Timeout[] = []
    try {
      await timeout(outer, async (one) => {
        try {
          await timeout(inner, async (two) => {
            scopes.push(two, one)
            spend(150)
            await sleep(1000)
          })
        } catch (error) {
          log('inner', error, ...scopes.map((scope) => scope.expired()), task.cancelling())
          throw error
        }
        log('never')
      })
    } catch {
      log('outer', scopes[1]?.expired(), task.cancelling())
    }
  }
  try {
    await timeout(100, async () => {
      try {
        await timeout(10, async () => {
          spend(50)
          await sleep(1000)
        })
      } catch {
        log('inner alone')
      }
      await sleep(1000)
    })
  } catch {
    log('then the outer')
  }
})
