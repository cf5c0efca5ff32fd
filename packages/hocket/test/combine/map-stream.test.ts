import { anext, CancelledError, createTask, gather, map, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { Counted } from './counted.ts'

const square = async (n: number) => {
  await sleep(10 * n)
  return n * n
}

describe('streamed results', () => {
  test.each([
    ['input', [9, 1, 4]],
    ['completed', [1, 4, 9]],
  ] as const)('come in the order %s', async (order, expected) => {
    const seen = await runVirtual(async () => {
      const seen: number[] = []
      for await (const n of map([3, 1, 2], square, { order })) seen.push(n)
      return seen
    })
    expect(seen).toEqual(expected)
  })

  test('come to generators by anext', async () => {
    const seen = await runVirtual(function* () {
      const results = map([3, 1, 2], square)[Symbol.asyncIterator]()
      const seen: number[] = []
      for (;;) {
        const n = yield* anext(results, null)
        if (n === null) return seen
        seen.push(n)
      }
    })
    expect(seen).toEqual([9, 1, 4])
  })

  test('come as soon as they are there', async () => {
    const loop = virtualLoop()
    const times = await runVirtual(async () => {
      const times: number[] = []
      for await (const n of map([1, 2, 4], square)) times.push(n, loop.time())
      return times
    }, loop)
    expect(times).toEqual([1, 10, 4, 20, 16, 40])
  })

  test('may be undefined', async () => {
    const seen = await runVirtual(async () => {
      const seen: unknown[] = []
      for await (const each of map([1, 2], async () => undefined)) seen.push(each)
      return seen
    })
    expect(seen).toEqual([undefined, undefined])
  })

  test.each(['input', 'completed'] as const)(
    'of a slow consumer are limited, and so is the pull (%s)',
    async (order) => {
      const source = new Counted(100)
      let taken = 0
      await runVirtual(async () => {
        for await (const _ of map(source, (n) => sleep(n % 3), { concurrency: 4, order })) {
          taken += 1
          await sleep(50)
          // 4 under way, and 4 that nobody has taken: twice the concurrency at the most.
          expect(source.pulled).toBe(Math.min(100, taken + 8))
        }
      })
      expect([taken, source.pulled, source.closed]).toEqual([100, 100, 0])
    },
  )

  test('do not begin before the first is asked for', async () => {
    const source = new Counted(5)
    await runVirtual(async () => {
      const results = map(source, square)[Symbol.asyncIterator]()
      await sleep(100)
      expect(source.opened).toBe(0)
      await results.return()
    })
    expect(source.opened).toBe(0)
  })
})

describe('an error', () => {
  test('comes behind the results that were there before it, and ends the stream', async () => {
    const source = new Counted(100)
    const seen = await runVirtual(async () => {
      const seen: unknown[] = []
      const results = map(
        source,
        async (n) => {
          await sleep(1 + n)
          if (n === 2) throw new Error('two')
          return n
        },
        { concurrency: 3 },
      )[Symbol.asyncIterator]()
      // All is over before anybody takes the second.
      seen.push((await results.next()).value)
      await sleep(100)
      for (let count = 0; count < 3; count += 1) {
        try {
          seen.push((await results.next()).value)
        } catch (error) {
          seen.push(String(error))
        }
      }
      return seen
    })
    expect(seen).toEqual([0, 1, 'Error: two', undefined])
    expect(source.closed).toBe(1)
  })
})

test('what ends well while it is being stopped is not given any more', async () => {
  const seen = await runVirtual(async () => {
    const seen: unknown[] = []
    const body = async (n: number) => {
      if (n === 0) {
        await sleep(1)
        throw new Error('zero')
      }
      try {
        await sleep(1000)
      } catch {}
      return n
    }
    try {
      for await (const n of map([0, 1], body, { order: 'completed' })) seen.push(n)
    } catch (error) {
      seen.push(String(error))
    }
    return seen
  })
  expect(seen).toEqual(['Error: zero'])
})

describe('leaving the loop', () => {
  const stop = async (leave: () => unknown) => {
    const source = new Counted(100)
    const loop = virtualLoop()
    const reports = collectReports(loop)
    const log: string[] = []
    const outcome = await runVirtual(async () => {
      try {
        const results = map(
          source,
          async (n) => {
            try {
              await sleep(n === 0 ? 1 : 1000)
            } catch (error) {
              await sleep(5)
              log.push(`${n} ${(error as Error).name}`)
              if (n === 1) throw new Error('clean-up')
              throw error
            }
          },
          { concurrency: 2 },
        )
        for await (const _ of results) if (leave() === true) break
        return `left at ${loop.time()}`
      } catch (error) {
        return `${(error as Error).message} at ${loop.time()}`
      }
    }, loop)
    return [outcome, log, source.closed, reports.map((each) => String(each.exception))]
  }

  test('by break cancels what is under way and waits for it', async () => {
    expect(await stop(() => true)).toEqual([
      'left at 6',
      ['1 CancelledError'],
      1,
      ['Error: clean-up'],
    ])
  })

  test('by an error does so, too', async () => {
    const outcome = await stop(() => {
      throw new Error('body')
    })
    expect(outcome).toEqual(['body at 6', ['1 CancelledError'], 1, ['Error: clean-up']])
  })

  test('throws what the source throws at being closed', async () => {
    const source = new Counted(10)
    source.failure = new Error('not closed')
    const error = await errorOf(
      runVirtual(async () => {
        for await (const _ of map(source, square, { concurrency: 1 })) break
      }),
    )
    expect(error.message).toBe('not closed')
  })

  test('reports an error that nobody has come to yet', async () => {
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      const fail = async (n: number) => {
        if (n === 2) throw new Error('unseen')
      }
      for await (const _ of map([0, 1, 2], fail)) {
        await sleep(10)
        break
      }
    }, loop)
    expect(reports.map((each) => String(each.exception))).toEqual(['Error: unseen'])
  })
})

describe('a cancellation of the consumer', () => {
  test.each([
    ['while it waits for a result', 5],
    ['while it works', 15],
  ])('%s stops everything and waits', async (_what, when) => {
    const source = new Counted(100)
    const loop = virtualLoop()
    let ended = 0
    const reasons = new Set<unknown>()
    const seen = await runVirtual(async () => {
      const consumer = createTask(async () => {
        const body = async () => {
          try {
            await sleep(10)
          } catch (error) {
            await sleep(3)
            ended += 1
            reasons.add((error as CancelledError).reason)
            throw error
          }
        }
        for await (const _ of map(source, body, { concurrency: 2 })) await sleep(1000)
      })
      await sleep(when)
      consumer.cancel('go')
      const error = await errorOf(consumer)
      return [(error as CancelledError).reason, consumer.cancelled(), loop.time()]
    }, loop)
    expect(seen).toEqual(['go', true, when + 3])
    expect([ended, source.closed]).toEqual([2, 1])
    // Leaving the loop by an error of its body, the stream is not told which.
    expect([...reasons]).toEqual([when === 5 ? 'go' : undefined])
  })

  test('in any iteration loses nothing and closes the source', async () => {
    for (let iterations = 0; iterations < 25; iterations += 1) {
      const source = new Counted(1000)
      let active = 0
      await runVirtual(async () => {
        const consumer = createTask(async () => {
          const body = async () => {
            active += 1
            try {
              await sleep(0)
            } finally {
              active -= 1
            }
          }
          for await (const _ of map(source, body, { concurrency: 2 })) await sleep(0)
        })
        for (let count = 0; count < iterations; count += 1) await sleep(0)
        consumer.cancel()
        expect(await errorOf(consumer)).toBeInstanceOf(CancelledError)
        expect([active, source.closed]).toEqual([0, source.opened])
      })
    }
  })
})

test('pipelines of maps hold each other back', async () => {
  const source = new Counted(Infinity)
  const seen = await runVirtual(async () => {
    const seen: number[] = []
    const doubled = map(source, async (n) => 2 * n, { concurrency: 2 })
    for await (const n of map(doubled, square, { concurrency: 2 })) {
      seen.push(n)
      if (seen.length === 5) break
    }
    return seen
  })
  expect(seen).toEqual([0, 4, 16, 36, 64])
  expect(source.pulled).toBeLessThanOrEqual(5 + 8)
  expect(source.closed).toBe(1)
})

test('one asker at a time', async () => {
  const error = await errorOf(
    runVirtual(async () => {
      const results = map([1, 2], square)[Symbol.asyncIterator]()
      try {
        await gather([() => results.next(), () => results.next()])
      } finally {
        await sleep(100)
        await results.return()
      }
    }),
  )
  expect(error.name).toBe('RuntimeError')
})
