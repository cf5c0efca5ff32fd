import {
  CancelledError,
  createTask,
  currentSignal,
  currentTask,
  getRunningLoop,
  RuntimeError,
  run,
  sleep,
  Timeout,
  TimeoutError,
  timeout,
  timeoutAt,
  waitFor,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { spell, spellings } from '../support/spell.ts'
import { errorOf } from '../support/turns.ts'

describe.each(spellings)(
  'a timeout in $outer code, its body in $inner code',
  ({ outer, inner }) => {
    const nap = (delay: number) =>
      spell(inner, function* () {
        yield sleep(delay)
        return 'slept'
      })

    test('gives the result of a body that ends in time, and drops its timer', async () => {
      const result = await runVirtual(
        spell(outer, function* () {
          const given = yield timeout(100, nap(5))
          return [given, getRunningLoop().time(), getRunningLoop().statistics().timers]
        }),
      )
      expect(result).toEqual(['slept', 5, 0])
    })

    test('throws a TimeoutError with the cancellation as its cause', async () => {
      const main = spell(outer, function* () {
        yield timeout(5, nap(100))
      })
      const error = await errorOf(runVirtual(main))
      expect(error).toBeInstanceOf(TimeoutError)
      expect(error.message).toBe('it did not end within 5 ms: the time was over')
      expect(error.cause).toBeInstanceOf(CancelledError)
    })

    test('gives what a body returns that swallows the cancellation', async () => {
      const result = await runVirtual(
        spell(outer, function* () {
          return yield timeout(
            5,
            spell(inner, function* (scope) {
              try {
                yield sleep(100)
              } catch {}
              return [scope.expired(), currentTask()?.cancelling()]
            }),
          )
        }),
      )
      expect(result).toEqual([true, 1])
    })

    test('of nested ones each converts its own', async () => {
      const log: unknown[] = []
      await runVirtual(
        spell(outer, function* () {
          try {
            yield timeout(
              5,
              spell(inner, function* () {
                try {
                  yield timeout(100, nap(200))
                } catch (error) {
                  log.push((error as Error).name)
                  throw error
                }
              }),
            )
          } catch (error) {
            log.push((error as Error).name)
          }
        }),
      )
      expect(log).toEqual(['CancelledError', 'TimeoutError'])
    })

    test('lets a cancellation of the task pass', async () => {
      await runVirtual(async () => {
        const task = createTask(
          spell(outer, function* () {
            yield timeout(50, nap(100))
          }),
        )
        await sleep(5)
        task.cancel('from outside')
        const error = (await errorOf(task)) as CancelledError
        expect(error.reason).toBe('from outside')
      })
    })

    test('can be moved, and taken away', async () => {
      const log: unknown[] = []
      await runVirtual(
        spell(outer, function* () {
          yield timeout(
            5,
            spell(inner, function* (scope) {
              log.push(scope.when())
              scope.reschedule(20)
              yield sleep(10)
              scope.reschedule(null)
              yield sleep(100)
              log.push(scope.when(), scope.expired())
              scope.reschedule(50)
              try {
                yield sleep(100)
              } catch {
                log.push('over')
              }
            }),
          )
        }),
      )
      expect(log).toEqual([5, null, false, 'over'])
    })

    test('aborts the signals that were given out inside, and no others', async () => {
      const log: unknown[] = []
      const main = spell(outer, function* () {
        const before = currentSignal()
        try {
          yield timeout(
            1,
            spell(inner, function* () {
              const signal = currentSignal()
              yield new Promise((_resolve, reject) => {
                signal.addEventListener('abort', () =>
                  reject(new DOMException('gone', 'AbortError')),
                )
              })
            }),
          )
        } catch (error) {
          log.push((error as Error).name, before.aborted, currentSignal().aborted)
        }
      })
      await run(main)
      expect(log).toEqual(['TimeoutError', false, false])
    })

    test('null waits for ever, 0 or less ends at the first suspension', async () => {
      const log: unknown[] = []
      await runVirtual(
        spell(outer, function* () {
          log.push(yield timeout(null, nap(1_000_000)))
          for (const made of [() => timeout(0, nap(1)), () => timeoutAt(-1, nap(1))]) {
            try {
              yield made()
            } catch (error) {
              log.push((error as Error).name)
            }
          }
          log.push(getRunningLoop().time())
        }),
      )
      expect(log).toEqual(['slept', 'TimeoutError', 'TimeoutError', 1_000_000])
    })
  },
)

describe('waitFor', () => {
  test.each(['async', 'generator'] as const)('in %s code', async (spelling) => {
    const log: unknown[] = []
    await runVirtual(
      spell(spelling, function* () {
        log.push(yield waitFor(sleep(5, 'in time'), 10))
        const task = createTask(sleep(100))
        try {
          yield waitFor(task, 10)
        } catch (error) {
          log.push((error as Error).name, task.cancelled())
        }
        log.push(yield waitFor(Promise.resolve('foreign'), 10))
        const never = sleep(5)
        try {
          yield waitFor(never, 0)
        } catch (error) {
          log.push((error as Error).name)
        }
        log.push(getRunningLoop().time())
      }),
    )
    expect(log).toEqual(['in time', 'TimeoutError', true, 'foreign', 'TimeoutError', 15])
  })

  test('refuses what is no awaitable, at once', () => {
    expect(() => waitFor((() => sleep(1)) as never, 5)).toThrow(
      /expected an awaitable, got a function: for a function there is timeout\(delay, body\)/,
    )
  })
})

describe('bad use', () => {
  test('a Timeout is good for one body', async () => {
    const scope = new Timeout(5)
    await runVirtual(async () => {
      expect(() => scope.reschedule(10)).toThrow(/has not been entered/)
      await scope.run(async () => {})
      expect(() => scope.reschedule(10)).toThrow(/cannot reschedule a Timeout that is finished/)
      const error = await errorOf(scope.run(async () => {}))
      expect(error).toBeInstanceOf(RuntimeError)
    })
  })

  test('times and bodies are checked', () => {
    const body = async () => {}
    expect(() => timeout(Number.NaN, body)).toThrow(RangeError)
    expect(() => timeout('5' as never, body)).toThrow(/expected a delay in ms as a number/)
    expect(() => timeoutAt(undefined as never, body)).toThrow(/expected a time in ms or null/)
    expect(() => timeout(5, undefined as never)).toThrow(/expected a function to call/)
  })
})
