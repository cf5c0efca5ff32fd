import { setTimeout as delay } from 'node:timers/promises'
import {
  CancelledError,
  coroutine,
  createTask,
  currentSignal,
  currentTask,
  run,
  sleep,
  use,
} from 'hocket'
import { describe, expect, test } from 'vitest'

/** Runs `body` as a task, cancels it once it waits, and gives how it ended. */
async function cancelled(body: () => Promise<unknown>): Promise<unknown> {
  return await run(async () => {
    const task = createTask(body)
    await sleep(0)
    await sleep(0)
    expect(task.cancel('stop')).toBe(true)
    try {
      return await task
    } catch (error) {
      return [task.cancelled(), (error as Error).name]
    }
  })
}

/** Never settles by itself; rejects at once when the signal aborts. */
const listening = (signal: AbortSignal) =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })

describe('a cancellation that comes by the signal', () => {
  test('is not thrown again at the await of a clean-up', async () => {
    const seen: string[] = []
    const outcome = await cancelled(async () => {
      try {
        await listening(currentSignal())
      } finally {
        await sleep(0)
        seen.push('cleaned up')
      }
    })
    expect(seen).toEqual(['cleaned up'])
    expect(outcome).toEqual([true, 'CancelledError'])
  })

  test('is swallowed by code that goes on, as one thrown at an await is', async () => {
    const outcome = await cancelled(async () => {
      await listening(currentSignal()).catch(() => {})
      await sleep(0)
      return 'went on'
    })
    expect(outcome).toBe('went on')
  })

  test('is thrown at the next await where nothing listens to the signal', async () => {
    let settle = (): void => {}
    const seen: string[] = []
    await run(async () => {
      const task = createTask(async () => {
        currentSignal()
        await new Promise<void>((resolve) => {
          settle = resolve
        })
        seen.push('went on')
        await sleep(0)
        seen.push('not reached')
      })
      await sleep(0)
      task.cancel()
      // Two turns of the host: what listens to a signal has long been told.
      await new Promise((resolve) => setImmediate(resolve))
      await new Promise((resolve) => setImmediate(resolve))
      settle()
      await expect(task).rejects.toBeInstanceOf(CancelledError)
    })
    expect(seen).toEqual(['went on'])
  })

  test('ends the task cancelled, too, when it arrives as an AbortError', async () => {
    const outcome = await cancelled(async () => {
      await delay(60_000, undefined, { signal: currentSignal() })
    })
    expect(outcome).toEqual([true, 'CancelledError'])
  })
})

test('a disposer that is an async function runs as code of the task', async () => {
  const seen: unknown[] = []
  const body = coroutine(function* () {
    yield* use({
      async [Symbol.asyncDispose]() {
        await new Promise((resolve) => setImmediate(resolve))
        seen.push(currentTask()?.getName())
      },
    })
  })
  await run(async () => await createTask(body(), { name: 'owner' }))
  expect(seen).toEqual(['owner'])
})
