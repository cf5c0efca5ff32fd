import { CancelledError, coroutine, createTask, run, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { hostTurn } from '../support/turns.ts'

// A Promise.race that is decided leaves the awaits of its losers behind. They accept a cancellation,
// but no code of the task is behind them any more.
describe('a cancellation while the loser of a race is left', () => {
  test('reaches a task that awaits something foreign', async () => {
    const seen: string[] = []
    await run(async () => {
      const task = createTask(async () => {
        await Promise.race([sleep(0), sleep(60_000)])
        for (let turn = 0; turn < 5; turn += 1) await hostTurn()
        seen.push('behind the foreign await')
        await sleep(0)
        seen.push('not reached')
      })
      for (let turn = 0; turn < 2; turn += 1) await hostTurn()
      expect(task.cancel('stop')).toBe(true)
      await expect(task).rejects.toBeInstanceOf(CancelledError)
    })
    expect(seen).toEqual(['behind the foreign await'])
  })

  test('reaches a generator that gives way', async () => {
    const race = coroutine(async () => {
      await Promise.race([sleep(0), sleep(60_000)])
    })
    const spin = coroutine(function* () {
      yield* race()
      for (;;) yield* sleep(0)
    })
    const cancelled = await run(async () => {
      const task = createTask(spin())
      for (let turn = 0; turn < 5; turn += 1) await sleep(0)
      task.cancel()
      await expect(task).rejects.toBeInstanceOf(CancelledError)
      return task.cancelled()
    })
    expect(cancelled).toBe(true)
  })

  test('is thrown once where code is behind it', async () => {
    const seen: string[] = []
    await run(async () => {
      const task = createTask(async () => {
        await Promise.race([sleep(0), sleep(60_000)])
        try {
          await Promise.all([sleep(50_000), sleep(40_000)])
        } finally {
          await sleep(0)
          await sleep(0)
          seen.push('cleaned up')
        }
      })
      for (let turn = 0; turn < 5; turn += 1) await sleep(0)
      task.cancel()
      await expect(task).rejects.toBeInstanceOf(CancelledError)
    })
    expect(seen).toEqual(['cleaned up'])
  })
})
