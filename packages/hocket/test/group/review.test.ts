import { VirtualHost } from '@hocket/testing'
import {
  cancelScope,
  coroutine,
  createTask,
  currentSignal,
  currentTask,
  EventLoop,
  ExceptionGroup,
  getRunningLoop,
  moveOnAfter,
  sleep,
  type TaskGroup,
  type TaskStatus,
  TimeoutError,
  taskGroup,
  timeout,
  WebHost,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { spell, spellings } from '../support/spell.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

describe.each(spellings)('in $outer code, bodies in $inner code', ({ outer, inner }) => {
  const nap = (delay: number) =>
    spell(inner, function* () {
      yield sleep(delay)
    })

  test('what an inner shield has held back for a timeout stays inside that, if a shield is around it', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const task = createTask(
        spell(outer, function* () {
          try {
            yield sleep(100)
          } catch {
            log.push(currentTask()?.cancelling())
          }
          yield cancelScope(
            spell(inner, function* () {
              try {
                yield timeout(
                  5,
                  spell(inner, function* () {
                    yield moveOnAfter(8, nap(100), { shield: true })
                    yield sleep(1)
                  }),
                )
              } catch (error) {
                log.push((error as Error).name, getRunningLoop().time())
              }
            }),
            { shield: true },
          )
          yield sleep(1)
          log.push(currentTask()?.cancelling(), getRunningLoop().time())
        }),
      )
      await sleep(0)
      task.cancel()
      await task
    })
    expect(log).toEqual([1, 'TimeoutError', 8, 1, 9])
  })

  test('uncancel() undoes what a shield holds back', async () => {
    const time = await runVirtual(async () => {
      const task = createTask(
        spell(outer, function* () {
          yield cancelScope(nap(5), { shield: true })
          yield sleep(5)
          return getRunningLoop().time()
        }),
      )
      await sleep(1)
      task.cancel()
      task.uncancel()
      return await task
    })
    expect(time).toBe(10)
  })

  test('uncancel() takes back a request that is still to be thrown, but no scope that is cancelled', async () => {
    const log: unknown[] = []
    const giveWay = (name: string, before: () => void) =>
      spell(inner, function* () {
        before()
        const task = currentTask()
        getRunningLoop().callSoon(() => task?.uncancel())
        yield sleep(0)
        log.push(name)
      })
    await runVirtual(
      spell(outer, function* () {
        yield timeout(
          0,
          giveWay('timeout', () => {}),
        )
        yield cancelScope((scope) => giveWay('scope', () => scope.cancel())())
        log.push('left')
      }),
    )
    expect(log).toEqual(['timeout', 'left'])
  })

  test('after uncancel() there is a fresh signal in a scope, too', async () => {
    const log: unknown[] = []
    await runVirtual(async () => {
      const task = createTask(
        spell(outer, function* () {
          yield moveOnAfter(
            100,
            spell(inner, function* () {
              const signal = currentSignal()
              try {
                yield sleep(50)
              } catch {
                log.push(currentTask()?.uncancel())
              }
              log.push(signal.aborted, currentSignal().aborted)
            }),
          )
        }),
      )
      await sleep(1)
      task.cancel()
      await task
    })
    expect(log).toEqual([0, true, false])
  })

  test('in a scope that is cancelled for good, start() waits for the end of its child', async () => {
    const log: unknown[] = []
    await runVirtual(
      spell(outer, function* () {
        yield taskGroup(
          spell(inner, function* (group: TaskGroup) {
            const child = spell(inner, function* (_status: TaskStatus<void>) {
              try {
                yield sleep(100)
              } finally {
                yield sleep(5)
                log.push('cleaned up')
              }
            })
            yield moveOnAfter(
              5,
              spell(inner, function* () {
                yield group.start(child)
              }),
            )
            log.push(getRunningLoop().time())
          }),
        )
      }),
    )
    expect(log).toEqual(['cleaned up', 10])
  })

  test('a child that throws null has failed', async () => {
    const running = runVirtual(
      spell(outer, function* () {
        yield taskGroup(
          spell(inner, function* (group: TaskGroup) {
            group.createTask(
              // biome-ignore lint/correctness/useYield: it fails at once
              spell(inner, function* () {
                // oxlint-disable-next-line typescript/only-throw-error -- what somebody may do all the same
                throw null
              }),
            )
            yield sleep(1)
          }),
        )
      }),
    )
    const error = (await errorOf(running)) as ExceptionGroup
    expect(error).toBeInstanceOf(ExceptionGroup)
    expect(error.errors).toEqual([null])
  })
})

test.each([false, true])(
  'a timeout that rings during a foreign await ends the first scope behind it, shield around: %s',
  async (shield) => {
    const [name, time] = await runVirtual(
      async () =>
        (await cancelScope(
          async () => {
            try {
              await timeout(0, async () => {
                for (let turn = 0; turn < 5; turn += 1) await hostTurn()
                await moveOnAfter(1_000, async () => await sleep(500))
              })
            } catch (error) {
              return [(error as Error).name, getRunningLoop().time()]
            }
            return ['none', getRunningLoop().time()]
          },
          { shield },
        )) ?? [],
    )
    expect(name).toBe(TimeoutError.name)
    expect(time).toBe(0)
  },
)

test('without AsyncLocalStorage, a timeout reaches what comes after the await of a generator coroutine', async () => {
  const brief = coroutine(function* () {
    yield* sleep(1)
  })
  const loop = new EventLoop({ host: new VirtualHost({ base: new WebHost() }) })
  const time = await runVirtual(async () => {
    try {
      await timeout(10, async () => {
        await brief()
        await sleep(100)
      })
    } catch {}
    return getRunningLoop().time()
  }, loop)
  expect(time).toBe(10)
})
