import {
  type CancelledError,
  coroutine,
  createTask,
  currentSignal,
  currentTask,
  ExceptionGroup,
  getRunningLoop,
  KeyboardInterrupt,
  RuntimeError,
  sleep,
  TaskGroup,
  type TaskStatus,
  taskGroup,
  timeout,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { spell, spellings } from '../support/spell.ts'
import { errorOf } from '../support/turns.ts'

const fail = coroutine(function* (delay: number, text: string) {
  yield* sleep(delay)
  throw new Error(text)
})

async function groupOf(promise: PromiseLike<unknown>): Promise<string[]> {
  const error = await errorOf(promise)
  expect(error).toBeInstanceOf(ExceptionGroup)
  return (error as ExceptionGroup).exceptions.map((one) => (one as Error).message)
}

describe.each(spellings)('a group in $outer code, its body in $inner code', ({ outer, inner }) => {
  test('waits for its children and gives the result of its body', async () => {
    const log: unknown[] = []
    const result = await runVirtual(
      spell(outer, function* () {
        const given = yield taskGroup(
          spell(inner, function* (group) {
            group.createTask(async () => {
              await sleep(20)
              log.push('child')
            })
            yield sleep(5)
            return 'body'
          }),
        )
        log.push(getRunningLoop().time())
        return given
      }),
    )
    expect(result).toBe('body')
    expect(log).toEqual(['child', 20])
  })

  test('throws all errors together, in the order of the failures, that of the body last', async () => {
    const main = spell(outer, function* () {
      yield taskGroup(
        spell(inner, function* (group) {
          group.createTask(fail(10, 'first'))
          group.createTask(
            spell(outer, function* () {
              try {
                yield sleep(100)
              } finally {
                yield sleep(5)
                // biome-ignore lint/correctness/noUnsafeFinally: an error while it is being cancelled
                throw new Error('second')
              }
            }),
          )
          try {
            yield sleep(100)
          } catch {
            throw new Error('body')
          }
        }),
      )
    })
    expect(await groupOf(runVirtual(main))).toEqual(['first', 'second', 'body'])
  })

  test('leaves the task as it was: nothing is left of its own cancellation', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        try {
          yield taskGroup(
            spell(inner, function* (group) {
              group.createTask(fail(1, 'x'))
              yield sleep(100)
            }),
          )
        } catch {}
        log.push(currentTask()?.cancelling())
        yield sleep(5)
        log.push(getRunningLoop().time())
      }),
    )
    expect(log).toEqual([0, 6])
  })

  test('cancel() ends the children and the body without an error', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        yield taskGroup(
          spell(inner, function* (group) {
            const child = group.createTask(sleep(100))
            child.addDoneCallback(() => log.push(child.cancelled()))
            getRunningLoop().callLater(5, () => {
              group.cancel('enough')
              group.cancel()
            })
            try {
              yield sleep(100)
            } catch (error) {
              log.push((error as CancelledError).reason)
              throw error
            }
          }),
        )
        log.push(getRunningLoop().time(), currentTask()?.cancelling())
      }),
    )
    expect(log).toEqual(['enough', true, 5, 0])
  })

  test('cancel() before the start takes effect at the start, and after the end none', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        const group = new TaskGroup()
        group.cancel()
        yield group.run(
          spell(inner, function* () {
            log.push('begun')
            yield sleep(0)
            log.push('not reached')
          }),
        )
        group.cancel()
        yield sleep(1)
        log.push('after')
      }),
    )
    expect(log).toEqual(['begun', 'after'])
  })

  test('cancel() does not swallow a cancellation from outside', async () => {
    await runVirtual(async () => {
      const task = createTask(
        spell(outer, function* () {
          yield taskGroup(
            spell(inner, function* (group) {
              group.createTask(
                spell(inner, function* () {
                  try {
                    yield sleep(100)
                  } finally {
                    yield sleep(10)
                  }
                }),
              )
              yield sleep(5)
              group.cancel()
            }),
          )
        }),
      )
      await sleep(7)
      task.cancel()
      await errorOf(task)
      expect(task.cancelled()).toBe(true)
      expect(getRunningLoop().time()).toBe(15)
    })
  })

  test('start() waits until the child is ready, and it goes on as a child', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        yield taskGroup(
          spell(inner, function* (group) {
            const port = yield group.start<number>(
              spell(inner, function* (status: TaskStatus<number>) {
                yield sleep(5)
                status.started(8080)
                yield sleep(5)
                log.push('served')
              }),
            )
            log.push(port, getRunningLoop().time())
          }),
        )
        log.push(getRunningLoop().time())
      }),
    )
    expect(log).toEqual([8080, 5, 'served', 10])
  })

  test('start() throws what the child fails with before it is ready, and the group goes on', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        yield taskGroup(
          spell(inner, function* (group) {
            group.createTask(async () => {
              await sleep(20)
              log.push('neighbour')
            })
            try {
              yield group.start(
                spell(inner, function* () {
                  yield sleep(1)
                  throw new RangeError('port in use')
                }),
              )
            } catch (error) {
              log.push((error as Error).message)
            }
            try {
              yield group.start(spell(inner, function* () {}))
            } catch (error) {
              log.push((error as Error).message)
            }
          }),
        )
      }),
    )
    expect(log).toEqual([
      'port in use',
      expect.stringMatching(/ended without calling status.started\(\)/),
      'neighbour',
    ])
  })

  test('an error after started() is the group’s', async () => {
    const main = spell(outer, function* () {
      yield taskGroup(
        spell(inner, function* (group) {
          yield group.start(
            spell(inner, function* (status: TaskStatus<void>) {
              status.started()
              yield sleep(1)
              throw new Error('later')
            }),
          )
          yield sleep(100)
        }),
      )
    })
    expect(await groupOf(runVirtual(main))).toEqual(['later'])
  })

  test('cancelling the caller of start() cancels the child and waits for its end', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        yield taskGroup(
          spell(inner, function* (group) {
            try {
              yield timeout(
                5,
                spell(inner, function* () {
                  yield group.start(
                    spell(inner, function* () {
                      try {
                        yield sleep(100)
                      } finally {
                        yield sleep(10)
                        log.push('cleaned up')
                      }
                    }),
                  )
                }),
              )
            } catch (error) {
              log.push((error as Error).name, getRunningLoop().time())
            }
          }),
        )
      }),
    )
    expect(log).toEqual(['cleaned up', 'TimeoutError', 15])
  })

  test('signals that were given out in the body abort with the group', async () => {
    const log: unknown[] = []
    const main = spell(outer, function* () {
      yield taskGroup(
        spell(inner, function* (group) {
          const signal = currentSignal()
          group.createTask(fail(0, 'child'))
          yield new Promise((_resolve, reject) => {
            signal.addEventListener('abort', () => {
              log.push('aborted')
              reject(new DOMException('gone', 'AbortError'))
            })
          })
        }),
      )
    })
    expect(await groupOf(runVirtual(main))).toEqual(['child'])
    expect(log).toEqual(['aborted'])
  })
})

describe('what a group refuses', () => {
  const refusal = async (main: () => Promise<unknown>) => {
    const error = await errorOf(runVirtual(main))
    expect(error).toBeInstanceOf(RuntimeError)
    return error.message
  }

  test('a second body', async () => {
    const group = new TaskGroup()
    const message = await refusal(async () => {
      await group.run(async () => {})
      await group.run(async () => {})
    })
    expect(message).toMatch(/has been entered already: a TaskGroup is good for one body/)
  })

  test('children before its body, after its end, and while it is being cancelled', async () => {
    expect(await refusal(async () => new TaskGroup().createTask(sleep(1)))).toMatch(
      /has not been entered/,
    )
    expect(
      await refusal(async () => {
        let group: TaskGroup | undefined
        await taskGroup(async (given) => {
          group = given
        })
        void group?.createTask(sleep(1))
      }),
    ).toMatch(/is finished/)
    expect(
      await refusal(async () => {
        let message: unknown
        await taskGroup(async (group) => {
          group.createTask(sleep(10))
          group.cancel()
          try {
            group.createTask(sleep(1))
          } catch (error) {
            message = error
          }
        })
        throw message
      }),
    ).toMatch(/is being cancelled/)
  })

  test('and the coroutine that it refuses is not reported as never awaited', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      expect(() => new TaskGroup().createTask(sleep(1))).toThrow(RuntimeError)
      await sleep(0)
    }, loop)
    expect(reports).toEqual([])
  })

  test('what is no function', () => {
    expect(() => taskGroup(5 as never)).toThrow(/expected a function to call, got a number/)
    expect(() => new TaskGroup().start(null as never)).toThrow(
      /expected a function to call, got null/,
    )
  })

  test('a second started()', async () => {
    const main = async () => {
      await taskGroup(async (group) => {
        await group.start<number>(async (status) => {
          status.started(1)
          status.started(2)
        })
      })
    }
    expect(await groupOf(runVirtual(main))).toEqual([
      'started() was called already: once is enough',
    ])
  })
})

test('an interrupt leaves a group bare, and the other errors are reported', async () => {
  const loop = virtualLoop()
  const reports = collectReports(loop)
  const error = await errorOf(
    runVirtual(async () => {
      await taskGroup(async (group) => {
        group.createTask(fail(1, 'lost?'))
        try {
          await sleep(100)
        } catch {
          throw new KeyboardInterrupt()
        }
      })
    }, loop),
  )
  expect(error).toBeInstanceOf(KeyboardInterrupt)
  expect(reports.map((report) => (report.exception as Error).message)).toEqual(['lost?'])
})

test('nothing of a finished child is kept', async () => {
  await runVirtual(async () => {
    await taskGroup(async (group) => {
      for (let count = 0; count < 100; count += 1) {
        group.createTask(sleep(0))
        await sleep(1)
        expect(String(group)).toBe('<TaskGroup entered>')
      }
    })
  })
})
