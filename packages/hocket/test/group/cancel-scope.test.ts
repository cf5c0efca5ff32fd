import {
  type CancelledError,
  CancelScope,
  cancelScope,
  createTask,
  currentEffectiveDeadline,
  currentSignal,
  currentTask,
  ExceptionGroup,
  failAfter,
  failAt,
  getRunningLoop,
  moveOnAfter,
  moveOnAt,
  RuntimeError,
  run,
  sleep,
  TimeoutError,
  taskGroup,
  timeout,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { spell, spellings } from '../support/spell.ts'
import { errorOf } from '../support/turns.ts'

describe.each(spellings)('a scope in $outer code, its body in $inner code', ({ outer, inner }) => {
  test('gives the result of a body that it does not cut short', async () => {
    const scope = new CancelScope()
    const result = await runVirtual(
      spell(outer, function* () {
        return yield scope.run(
          spell(inner, function* () {
            yield sleep(5)
            return 'done'
          }),
        )
      }),
    )
    expect(result).toBe('done')
    expect([scope.cancelCalled, scope.cancelledCaught]).toEqual([false, false])
  })

  test('cancels what is awaited inside, and gives undefined', async () => {
    const log: unknown[] = []
    const result = await runVirtual(
      spell(outer, function* () {
        const scope = new CancelScope()
        getRunningLoop().callLater(7, () => scope.cancel('enough'))
        const given = yield scope.run(
          spell(inner, function* () {
            try {
              yield sleep(100)
            } catch (error) {
              log.push((error as CancelledError).reason)
              throw error
            }
          }),
        )
        log.push(getRunningLoop().time(), scope.cancelledCaught, currentTask()?.cancelling())
        yield sleep(1)
        return given
      }),
    )
    expect(result).toBeUndefined()
    expect(log).toEqual(['enough', 7, true, 0])
  })

  test('throws at every suspension until it is left', async () => {
    let swallowed = 0
    const times = await runVirtual(
      spell(outer, function* () {
        yield moveOnAfter(
          10,
          spell(inner, function* () {
            for (const delay of [100, 0, 100, 0]) {
              try {
                yield sleep(delay)
              } catch {
                swallowed += 1
              }
            }
          }),
        )
        return getRunningLoop().time()
      }),
    )
    expect(swallowed).toBe(4)
    expect(times).toBe(10)
  })

  test('does not suspend for an await that need not', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        const done = getRunningLoop().createFuture<number>()
        done.setResult(1)
        yield cancelScope(
          spell(inner, function* (scope) {
            scope.cancel()
            log.push(yield done)
            yield sleep(0)
            log.push('not reached')
          }),
        )
      }),
    )
    expect(log).toEqual([1])
  })

  test('gives what had completed before it was cancelled, and throws at the next await', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        const loop = getRunningLoop()
        const future = loop.createFuture<string>()
        yield cancelScope(
          spell(inner, function* (scope) {
            loop.callLater(5, () => {
              future.setResult('kept')
              scope.cancel()
            })
            log.push(yield future)
            try {
              yield sleep(1)
            } finally {
              log.push('thrown')
            }
          }),
        )
      }),
    )
    expect(log).toEqual(['kept', 'thrown'])
  })

  test('lets a cancellation of the task pass', async () => {
    const scope = new CancelScope()
    await runVirtual(async () => {
      const task = createTask(
        spell(outer, function* () {
          yield scope.run(
            spell(inner, function* () {
              yield sleep(100)
            }),
          )
        }),
      )
      await sleep(5)
      task.cancel()
      scope.cancel()
      await errorOf(task)
      expect(task.cancelled()).toBe(true)
    })
    expect(scope.cancelledCaught).toBe(false)
  })

  test('leaves the last word to a scope around it', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        yield moveOnAfter(
          5,
          spell(inner, function* () {
            yield moveOnAfter(
              5,
              spell(outer, function* () {
                yield sleep(100)
              }),
            )
            log.push('not reached')
          }),
        )
        log.push('after')
      }),
    )
    expect(log).toEqual(['after'])
  })

  test('cancels the tasks of groups inside for good', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        yield moveOnAfter(
          5,
          spell(inner, function* () {
            yield taskGroup(
              spell(inner, function* (group) {
                group.createTask(
                  spell(outer, function* () {
                    for (let turn = 0; turn < 3; turn += 1) {
                      try {
                        yield sleep(100)
                      } catch {
                        log.push(getRunningLoop().time())
                      }
                    }
                    yield cancelScope(
                      spell(inner, function* () {
                        yield sleep(7)
                        log.push('behind a shield')
                      }),
                      { shield: true },
                    )
                    yield sleep(100)
                    log.push('not reached')
                  }),
                )
                yield sleep(100)
              }),
            )
          }),
        )
        log.push(getRunningLoop().time())
      }),
    )
    expect(log).toEqual([5, 5, 5, 'behind a shield', 12])
  })

  test('a shield keeps out the task and the scopes around, until it is left', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const task = createTask(
        spell(outer, function* () {
          yield moveOnAfter(
            3,
            spell(inner, function* () {
              yield cancelScope(
                spell(outer, function* () {
                  yield sleep(10)
                  log.push(getRunningLoop().time())
                }),
                { shield: true },
              )
              log.push('left')
              yield sleep(10)
              log.push('not reached')
            }),
          )
          log.push('not reached either: the task is cancelled too')
          yield sleep(1)
        }),
      )
      await sleep(5)
      task.cancel()
      await errorOf(task)
      log.push(task.cancelled(), getRunningLoop().time())
    })
    expect(log).toEqual([10, 'left', true, 10])
  })

  test('a shield that is lowered lets in what waits outside', async () => {
    const scope = new CancelScope({ shield: true })
    const end = await runVirtual(
      spell(outer, function* () {
        getRunningLoop().callLater(8, () => {
          scope.shield = false
        })
        yield moveOnAfter(
          3,
          spell(inner, function* () {
            yield scope.run(
              spell(outer, function* () {
                yield sleep(100)
              }),
            )
          }),
        )
        return getRunningLoop().time()
      }),
    )
    expect(end).toBe(8)
  })

  test('its deadline can be moved', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        yield moveOnAfter(
          10,
          spell(inner, function* (scope) {
            log.push(scope.deadline, currentEffectiveDeadline())
            scope.deadline += 20
            yield sleep(25)
            log.push('still there')
            scope.deadline = getRunningLoop().time()
            log.push(currentEffectiveDeadline())
            yield sleep(1)
            log.push('not reached')
          }),
        )
        log.push(getRunningLoop().time(), currentEffectiveDeadline())
      }),
    )
    expect(log).toEqual([10, 10, 'still there', -Infinity, 25, Infinity])
  })

  test('aborts the signals that were given out inside', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        const before = currentSignal()
        yield moveOnAfter(
          5,
          spell(inner, function* (scope) {
            const signal = currentSignal()
            log.push(signal === scope.signal)
            signal.addEventListener('abort', () => log.push('aborted'))
            yield sleep(100)
          }),
        )
        log.push(before.aborted)
      }),
    )
    expect(log).toEqual([true, 'aborted', false])
  })

  test('takes the AbortError of what listens to its signal for its own', async () => {
    const scope = new CancelScope()
    await run(
      spell(outer, function* () {
        getRunningLoop().callLater(1, () => scope.cancel())
        yield scope.run(
          spell(inner, function* () {
            const signal = currentSignal()
            yield new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(new DOMException('gone', 'AbortError')))
            })
          }),
        )
      }),
    )
    expect(scope.cancelledCaught).toBe(true)
  })

  test('takes its cancellations out of an ExceptionGroup', async () => {
    const body = (rest: Error[]) =>
      spell(inner, function* () {
        try {
          yield sleep(100)
        } catch (error) {
          throw new ExceptionGroup('both', [error, ...rest])
        }
      })
    const main = (rest: Error[]) =>
      spell(outer, function* () {
        yield moveOnAfter(5, body(rest))
      })
    await expect(runVirtual(main([]))).resolves.toBeUndefined()
    const error = (await errorOf(runVirtual(main([new RangeError('kept')])))) as ExceptionGroup
    expect(error.exceptions.map(String)).toEqual(['RangeError: kept'])
  })

  test('failAfter and failAt throw a TimeoutError', async () => {
    const slow = spell(inner, function* () {
      yield sleep(100)
    })
    for (const made of [() => failAfter(5, slow), () => failAt(5, slow)]) {
      const main = spell(outer, function* () {
        yield made()
      })
      await expect(runVirtual(main)).rejects.toThrow(TimeoutError)
    }
  })

  test('is cancelled by the signal that it is given', async () => {
    const controller = new AbortController()
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        getRunningLoop().callLater(5, () => controller.abort('by hand'))
        const body = spell(inner, function* () {
          try {
            yield sleep(100)
          } catch (error) {
            log.push((error as CancelledError).reason)
            throw error
          }
        })
        yield cancelScope(body, { signal: controller.signal })
        yield cancelScope(body, { signal: controller.signal })
        log.push(getRunningLoop().time())
      }),
    )
    expect(log).toEqual(['by hand', 'by hand', 5])
  })
})

describe('strands of one task', () => {
  const wait = async (delay: number, log: unknown[]) => {
    try {
      await sleep(delay)
      log.push(`${delay} ended`)
    } catch (error) {
      log.push(`${delay} ${(error as Error).name}`)
      throw error
    }
  }

  test('are each cancelled by their own scope alone', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      await Promise.all([
        moveOnAfter(5, () => wait(10, log)),
        moveOnAfter(50, () => wait(20, log)),
        wait(30, log),
      ])
    })
    expect(log).toEqual(['10 CancelledError', '20 ended', '30 ended'])
  })

  test('so are timeouts, whose requests are not counted for each other', async () => {
    const results = await runVirtual(async () => {
      const settled = await Promise.allSettled([
        timeout(5, async () => {
          await sleep(10)
        }),
        timeout(6, async () => {
          try {
            await sleep(20)
          } finally {
            await sleep(20)
          }
        }),
        timeout(50, async () => await sleep(40, 'in time')),
      ])
      return [
        ...settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.name)),
        currentTask()?.cancelling(),
      ]
    })
    expect(results).toEqual(['TimeoutError', 'TimeoutError', 'in time', 0])
  })

  test('so are groups', async () => {
    const log: unknown[] = []
    const results = await runVirtual(async () => {
      return await Promise.allSettled([
        taskGroup(async (group) => {
          group.createTask(async () => {
            await sleep(5)
            throw new Error('child')
          })
          await wait(50, log)
        }),
        taskGroup(async (group) => {
          group.createTask(() => wait(10, log))
          await wait(20, log)
        }),
      ])
    })
    expect(results.map((one) => one.status)).toEqual(['rejected', 'fulfilled'])
    expect(log).toEqual(['50 CancelledError', '10 ended', '20 ended'])
  })

  test('a scope reaches the strands that are inside it', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      await Promise.all([
        moveOnAfter(5, async () => {
          await Promise.all([
            wait(10, log),
            timeout(100, () => wait(11, log)),
            moveOnAfter(100, () => wait(12, log)),
          ])
        }),
        wait(20, log),
      ])
    })
    expect(log).toEqual(['10 CancelledError', '11 CancelledError', '12 CancelledError', '20 ended'])
  })

  test('a cancellation of the task reaches all, but not behind a shield', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const task = createTask(async () => {
        await Promise.allSettled([
          wait(10, log),
          timeout(100, () => wait(11, log)),
          cancelScope(() => wait(12, log), { shield: true }),
        ])
      })
      await sleep(5)
      task.cancel()
      await Promise.allSettled([task])
    })
    expect(log).toEqual(['10 CancelledError', '11 CancelledError', '12 ended'])
  })

  test('what a scope has left behind is reached by the task', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const task = createTask(async () => {
        let left: Promise<void> | undefined
        await timeout(100, async () => {
          left = wait(50, log)
          await sleep(5)
        })
        await left
      })
      await sleep(10)
      task.cancel()
      await errorOf(task)
    })
    expect(log).toEqual(['50 CancelledError'])
  })
})

describe('bad use', () => {
  test('a scope is good for one body', async () => {
    const scope = new CancelScope()
    await runVirtual(async () => {
      await scope.run(async () => await sleep(1))
      const error = await errorOf(scope.run(async () => await sleep(1)))
      expect(error).toBeInstanceOf(RuntimeError)
      expect(error.message).toMatch(/has been entered already.*good for one body/)
    })
  })

  test('times and signals are checked', () => {
    const body = async () => {}
    expect(() => moveOnAfter(Number.NaN, body)).toThrow(RangeError)
    expect(() => moveOnAfter(-1, body)).toThrow(/0 ms or more, got -1/)
    expect(() => failAfter(-1, body)).toThrow(RangeError)
    expect(() => moveOnAt('soon' as never, body)).toThrow(/expected a deadline in ms as a number/)
    expect(() => cancelScope(body, { signal: {} as never })).toThrow(/expected an AbortSignal/)
    expect(() => cancelScope(5 as never)).toThrow(/expected a function to call, got a number/)
  })

  test('a scope that is cancelled before it is entered throws at the first suspension', async () => {
    const scope = new CancelScope()
    scope.cancel()
    let reached = false
    await runVirtual(async () => {
      await scope.run(async () => {
        reached = true
        await sleep(0)
        throw new Error('not reached')
      })
    })
    expect(reached).toBe(true)
    expect(scope.cancelledCaught).toBe(true)
  })

  test('outside a loop there is no effective deadline', () => {
    expect(() => currentEffectiveDeadline()).toThrow(/no running event loop/)
  })
})
