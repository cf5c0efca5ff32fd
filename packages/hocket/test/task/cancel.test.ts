import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  getRunningLoop,
  sleep,
  type Task,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

const sleepers = [
  ['an async function', () => createTask(async () => await sleep(100))],
  [
    'a generator function',
    () =>
      createTask(function* () {
        yield* sleep(100)
      }),
  ],
  ['a coroutine by itself', () => createTask(sleep(100))],
] as [string, () => Task<void>][]

describe.each(sleepers)('cancelling %s', (_name, start) => {
  test('gives the reason and the canceller', async () => {
    const error = await runVirtual(async () => {
      const task = start()
      await sleep(1)
      const canceller = createTask(async () => task.cancel({ why: 'an object' }), { name: 'judge' })
      const error = (await errorOf(task)) as CancelledError
      await canceller
      return [error.reason, error.by?.getName()]
    })
    expect(error).toEqual([{ why: 'an object' }, 'judge'])
  })

  test('from a callback has no canceller', async () => {
    const error = await runVirtual(async () => {
      const task = start()
      getRunningLoop().callLater(1, () => task.cancel())
      return (await errorOf(task)) as CancelledError
    })
    expect([error.reason, error.by]).toEqual([undefined, undefined])
  })

  test('ends it at the time of the request, and says so', async () => {
    const seen = await runVirtual(async () => {
      const task = start()
      await sleep(5)
      const answers = [task.cancel(), task.cancelled(), task.cancelling()]
      await errorOf(task)
      return [...answers, task.cancelled(), task.cancel(), getRunningLoop().time()]
    })
    expect(seen).toEqual([true, false, 1, true, false, 5])
  })

  test('is counted, and taken back one by one', async () => {
    const counts = await runVirtual(async () => {
      const task = start()
      await sleep(1)
      task.cancel()
      task.cancel()
      const counts = [task.cancelling(), task.uncancel(), task.cancelling()]
      await errorOf(task)
      return [...counts, task.cancelled()]
    })
    expect(counts).toEqual([2, 1, 1, true])
  })

  test('drops its timer', async () => {
    const timers = await runVirtual(async () => {
      const task = start()
      await sleep(1)
      const before = getRunningLoop().statistics().timers
      task.cancel()
      await errorOf(task)
      return [before, getRunningLoop().statistics().timers]
    })
    expect(timers).toEqual([1, 0])
  })
})

describe('the canceller', () => {
  test('goes down a chain of tasks as it is, with the reason', async () => {
    const errors = await runVirtual(async () => {
      const seen: CancelledError[] = []
      const note = async (next: () => PromiseLike<unknown>) => {
        try {
          await next()
        } catch (error) {
          seen.push(error as CancelledError)
          throw error
        }
      }
      const inner = createTask(async () => await note(() => sleep(100)))
      const middle = createTask(async () => await note(() => inner))
      const outer = createTask(async () => await note(() => middle))
      await sleep(1)
      await createTask(async () => void outer.cancel('enough'), { name: 'judge' })
      await errorOf(outer)
      return seen.map((error) => [error.reason, error.by?.getName()])
    })
    expect(errors).toEqual([
      ['enough', 'judge'],
      ['enough', 'judge'],
      ['enough', 'judge'],
    ])
  })

  test('is the task itself when it cancels itself', async () => {
    const by = await runVirtual(async () => {
      const task = createTask(
        async () => {
          currentTask()?.cancel()
          await sleep(1)
        },
        { name: 'self' },
      )
      return ((await errorOf(task)) as CancelledError).by?.getName()
    })
    expect(by).toBe('self')
  })
})

describe('a CancelledError thrown by hand', () => {
  test('cancels the task, and keeps what it carries', async () => {
    const [cancelled, error] = await runVirtual(async () => {
      const cause = new RangeError('cause')
      const task = createTask(async () => {
        throw new CancelledError('by hand', { cause })
      })
      const error = await errorOf(task)
      return [task.cancelled(), error] as const
    })
    expect(cancelled).toBe(true)
    expect(error).toMatchObject({ reason: 'by hand', cause: new RangeError('cause') })
  })

  test('of a subclass cancels it as well', async () => {
    class Deadline extends CancelledError {}
    const cancelled = await runVirtual(async () => {
      const task = createTask(function* () {
        yield* sleep(1)
        throw new Deadline()
      })
      await errorOf(task)
      return task.cancelled()
    })
    expect(cancelled).toBe(true)
  })
})

describe('behind a foreign await', () => {
  test('the request is thrown at the next suspension that is Hocket’s', async () => {
    const log: string[] = []
    await runVirtual(async () => {
      const task = createTask(async () => {
        await hostTurn()
        log.push('foreign await is over')
        try {
          await sleep(100)
        } catch (error) {
          log.push((error as Error).name)
          throw error
        }
      })
      await sleep(0)
      task.cancel()
      await errorOf(task)
      expect(task.cancelled()).toBe(true)
    })
    expect(log).toEqual(['foreign await is over', 'CancelledError'])
  })

  test('the same below a generator, in a native call', async () => {
    const inner = coroutine(async () => {
      await hostTurn()
      return 'inner'
    })
    const log: string[] = []
    await runVirtual(async () => {
      const task = createTask(function* () {
        try {
          log.push(yield* inner())
        } finally {
          log.push('finally')
        }
      })
      await sleep(0)
      task.cancel()
      await errorOf(task)
      expect(task.cancelled()).toBe(true)
    })
    expect(log).toEqual(['finally'])
  })

  test('a task that ends without another suspension is cancelled, and its result dropped', async () => {
    const cancelled = await runVirtual(async () => {
      const task = createTask(async () => {
        await hostTurn()
        return 'dropped'
      })
      await sleep(0)
      task.cancel()
      await errorOf(task)
      return task.cancelled()
    })
    expect(cancelled).toBe(true)
  })

  test('uncancel() takes a request back that has not been thrown', async () => {
    const result = await runVirtual(async () => {
      const task = createTask(async () => {
        await hostTurn()
        await sleep(1)
        return 'went on'
      })
      await sleep(0)
      task.cancel()
      expect([task.cancelling(), task.uncancel(), task.uncancel()]).toEqual([1, 0, 0])
      return await task
    })
    expect(result).toBe('went on')
  })
})
