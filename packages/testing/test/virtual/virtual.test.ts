import { LeakError, type VirtualBody, virtual } from '@hocket/testing'
import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  DeadlockError,
  getRunningLoop,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'

/** The error that a test of this body ends with. */
async function errorOf(body: VirtualBody): Promise<Error> {
  try {
    await virtual(body)()
  } catch (error) {
    return error as Error
  }
  throw new Error('the test has passed')
}

describe('virtual', () => {
  const seen: unknown[] = []
  const bodies: { spelling: string; body: VirtualBody }[] = [
    {
      spelling: 'an async function',
      body: async ({ loop, host }) => {
        await sleep(3_600_000)
        seen.push(loop.time(), host.now(), getRunningLoop() === loop)
      },
    },
    {
      spelling: 'a generator function',
      body: function* ({ loop, host }) {
        yield* sleep(3_600_000)
        seen.push(loop.time(), host.now(), getRunningLoop() === loop)
      },
    },
    {
      spelling: 'a coroutine function',
      body: coroutine(function* ({ loop, host }) {
        yield* sleep(3_600_000)
        seen.push(loop.time(), host.now(), getRunningLoop() === loop)
      }),
    },
  ]
  test.each(bodies)('runs $spelling on virtual time', async ({ body }) => {
    seen.length = 0
    await virtual(body)()
    expect(seen).toEqual([3_600_000, 3_600_000, true])
  })

  test('passes on what the runner gives', async () => {
    const add = virtual(async (_run, a: number, b: string) => {
      seen.push(a, b)
    })
    seen.length = 0
    await add(1, 'b')
    expect(seen).toEqual([1, 'b'])
  })

  test('fails with the error of the body, and ends what it left', async () => {
    const log: string[] = []
    const error = await errorOf(function* () {
      createTask(function* () {
        try {
          yield* sleep(100)
        } finally {
          log.push('ended')
        }
      })
      yield* sleep(1)
      throw new RangeError('wrong')
    })
    expect(error).toEqual(new RangeError('wrong'))
    expect(log).toEqual(['ended'])
  })

  test('fails if tasks are left, and ends them', async () => {
    const log: string[] = []
    const error = await errorOf(async () => {
      createTask(
        async function waiter() {
          try {
            await sleep(100)
          } finally {
            log.push('ended')
          }
        },
        { name: 'left over' },
      )
      await sleep(1)
    })
    expect(error).toBeInstanceOf(LeakError)
    expect((error as LeakError).code).toBe('ERR_LEAK')
    expect(error.message).toBe(
      'a task is left at the end: await or cancel what you start\n  left over (waiter) waits for a timer',
    )
    expect(log).toEqual(['ended'])
  })

  test('waits for tasks that end by themselves', async () => {
    const log: string[] = []
    await virtual(async () => {
      createTask(async () => {
        for (let turn = 0; turn < 100; turn += 1) await sleep(0)
        log.push('ended')
      })
    })()
    expect(log).toEqual(['ended'])
  })

  test('fails if an exception is lost', async () => {
    const error = await errorOf(async () => {
      createTask(
        async () => {
          throw new RangeError('lost')
        },
        { name: 'loser' },
      )
      await sleep(1)
    })
    expect(error).toBeInstanceOf(LeakError)
    expect(error.message).toMatch(/the exception of loser .* was never retrieved.*lost/)
    expect(error.cause).toEqual(new RangeError('lost'))
  })

  test('fails if a coroutine was not awaited', async () => {
    const error = await errorOf(async () => {
      void sleep(5)
    })
    expect(error.message).toContain('the coroutine sleep was never awaited')
    expect('cause' in error).toBe(false)
  })

  test('says how much was reported', async () => {
    const error = await errorOf(async () => {
      void sleep(5)
      void sleep(6)
    })
    expect(error.message).toContain('(and 1 more reports)')
  })

  test('fails in a deadlock', async () => {
    const error = await errorOf(async () => {
      await getRunningLoop().createFuture()
    })
    expect(error).toBeInstanceOf(DeadlockError)
  })

  test('is cancelled when the runner aborts', async () => {
    const controller = new AbortController()
    const body = virtual(async (_run, _context: { signal: AbortSignal }) => {
      await sleep(1)
      controller.abort('time is up')
      await sleep(1)
    })
    const error = await body({ signal: controller.signal }).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(CancelledError)
    expect((error as CancelledError).reason).toBe('time is up')
  })

  test('takes functions only', () => {
    expect(() => virtual(5 as never)).toThrow(TypeError)
  })

  test('tells the main task', async () => {
    await virtual(async () => {
      expect(currentTask()?.getName()).toMatch(/^Task-/)
    })()
  })
})
