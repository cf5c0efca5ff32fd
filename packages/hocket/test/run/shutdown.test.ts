// biome-ignore-all lint/correctness/useYield: a generator that fails in its first step
import {
  CancelledError,
  createTask,
  DeadlockError,
  getRunningLoop,
  KeyboardInterrupt,
  run,
  sleep,
  type Task,
} from 'hocket'
import { describe, expect, test, vi } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, outcomeAfter } from '../support/turns.ts'

describe('the end of run()', () => {
  test('cancels tasks in the order in which they were made, and waits for all', async () => {
    const log: string[] = []
    const loop = virtualLoop()
    await runVirtual(async () => {
      for (const [index, name] of ['a', 'b', 'c'].entries()) {
        createTask(
          index === 1
            ? function* () {
                try {
                  yield* sleep(100)
                } finally {
                  log.push(`${name} cancelled`)
                  yield* sleep(3 - index)
                  log.push(`${name} over`)
                }
              }
            : async () => {
                try {
                  await sleep(100)
                } finally {
                  log.push(`${name} cancelled`)
                  await sleep(3 - index)
                  log.push(`${name} over`)
                }
              },
        )
      }
      await sleep(0)
    }, loop)
    expect(log).toEqual(['a cancelled', 'b cancelled', 'c cancelled', 'c over', 'b over', 'a over'])
    expect([loop.isClosed(), loop.time()]).toEqual([true, 3])
  })

  test('comes after an error of main as well, and the error is the outcome', async () => {
    const log: string[] = []
    const error = await errorOf(
      runVirtual(async () => {
        createTask(async () => {
          try {
            await sleep(100)
          } finally {
            log.push('cancelled')
          }
        })
        await sleep(1)
        throw new RangeError('main')
      }),
    )
    expect([error, log]).toEqual([new RangeError('main'), ['cancelled']])
  })

  test('ends tasks that are made while others end', async () => {
    const log: string[] = []
    const loop = virtualLoop()
    const reports = collectReports(loop)
    let late: Task<void> | undefined
    await runVirtual(async () => {
      createTask(async () => {
        try {
          await sleep(100)
        } finally {
          late = createTask(async () => {
            log.push('late began')
          })
          await late
          log.push('late awaited')
        }
      })
      await sleep(0)
    }, loop)
    expect([log, late?.done(), reports]).toEqual([['late began', 'late awaited'], true, []])
  })

  test('rejects if a task will not end and can’t', async () => {
    const loop = virtualLoop()
    const error = await errorOf(
      runVirtual(async () => {
        createTask(
          async () => {
            for (;;) {
              try {
                await getRunningLoop().createFuture()
              } catch {
                // It will not listen.
              }
            }
          },
          { name: 'stubborn' },
        )
        await sleep(0)
      }, loop),
    )
    expect(error).toBeInstanceOf(DeadlockError)
    expect(error.message).toContain('stubborn')
    expect(loop.isClosed()).toBe(true)
  })

  test('that fails after main has failed tells the exception handler', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const print = vi.spyOn(console, 'error').mockImplementation(() => {})
    const error = await errorOf(
      runVirtual(async () => {
        createTask(async () => {
          try {
            await sleep(100)
          } finally {
            await getRunningLoop().createFuture()
          }
        })
        await sleep(0)
        throw new RangeError('main')
      }, loop),
    )
    const printed = print.mock.calls.length
    print.mockRestore()
    expect(error).toEqual(new RangeError('main'))
    expect(reports.map((report) => (report.exception as Error).name)).toEqual(['DeadlockError'])
    expect(printed).toBe(0)
  })

  test('a main that cancels itself rejects by the CancelledError', async () => {
    const error = await errorOf(
      runVirtual(async () => {
        throw new CancelledError('enough')
      }),
    )
    expect(error).toMatchObject({ name: 'CancelledError', reason: 'enough' })
  })
})

describe('a KeyboardInterrupt', () => {
  test('in the first step of a task ends the run at once, whatever else is ready', async () => {
    const log: string[] = []
    const error = await errorOf(
      runVirtual(async () => {
        createTask(function* () {
          throw new KeyboardInterrupt('SIGTERM')
        })
        createTask(async () => {
          try {
            await sleep(0)
            log.push('went on')
          } catch (error) {
            log.push((error as Error).name)
            throw error
          }
        })
        await sleep(100)
      }),
    )
    expect(error).toMatchObject({ name: 'KeyboardInterrupt', signal: 'SIGTERM' })
    // The other task had not begun: a task that is cancelled before never does.
    expect(log).toEqual([])
  })

  test('in main is the outcome', async () => {
    const error = await errorOf(
      runVirtual(async () => {
        throw new KeyboardInterrupt()
      }),
    )
    expect(error).toBeInstanceOf(KeyboardInterrupt)
  })

  test('in a callback ends the run as well', async () => {
    const loop = virtualLoop()
    collectReports(loop)
    const error = await errorOf(
      runVirtual(async () => {
        getRunningLoop().callSoon(() => {
          throw new KeyboardInterrupt()
        })
        await sleep(100)
      }, loop),
    )
    expect(error).toBeInstanceOf(KeyboardInterrupt)
  })

  test('behind a foreign await ends the run at once', async () => {
    let release = () => {}
    const ended = run(async () => {
      createTask(async () => {
        await new Promise((resolve) => {
          setImmediate(resolve)
        })
        throw new KeyboardInterrupt()
      })
      const future = getRunningLoop().createFuture<void>()
      release = () => future.setResult()
      await future
    })
    const outcome = await outcomeAfter(ended)
    if (outcome === 'pending') release()
    await errorOf(ended)
    expect(outcome).toBe('rejected')
  })
})
