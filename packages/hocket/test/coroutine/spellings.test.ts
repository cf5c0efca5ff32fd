import {
  type Awaitable,
  CancelledError,
  coroutine,
  createTask,
  getRunningLoop,
  sleep,
  type TaskSource,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'

type Spelling = 'async' | 'generator' | 'raw'
type Call = () => Awaitable<string>

/** What one level of a chain does around the call of the next one. */
interface Level {
  readonly catches?: (error: Error) => string
  readonly cleansUp?: boolean
}

/**
 * Three coroutines, each of which awaits the next, in every mixture of spellings. Only what is
 * below differs from mixture to mixture; what happens must not.
 */
const mixtures = (['async', 'generator', 'raw'] as const)
  .flatMap((outer) => (['async', 'generator', 'raw'] as const).map((middle) => [outer, middle]))
  .flatMap((two) => (['async', 'generator', 'raw'] as const).map((inner) => [...two, inner]))
  // A generator object has no `then`: an async function can't await it.
  .filter((three) => three.every((each, at) => each !== 'raw' || three[at - 1] !== 'async'))
  .map((three) => three as [Spelling, Spelling, Spelling])

const names = ['outer', 'middle', 'inner']

function define(spelling: Spelling, at: number, level: Level, next: Call, log: string[]): Call {
  const name = names[at]
  const generated = function* () {
    log.push(`${name} in`)
    try {
      return `${name}(${yield* next() as Iterable<never, string>})`
    } catch (error) {
      if (level.catches === undefined) throw error
      return level.catches(error as Error)
    } finally {
      if (level.cleansUp === true) yield* sleep(1)
      log.push(`${name} out`)
    }
  }
  if (spelling === 'raw') return generated
  if (spelling === 'generator') return coroutine(generated)
  return coroutine(async () => {
    log.push(`${name} in`)
    try {
      return `${name}(${await (next() as PromiseLike<string>)})`
    } catch (error) {
      if (level.catches === undefined) throw error
      return level.catches(error as Error)
    } finally {
      if (level.cleansUp === true) await sleep(1)
      log.push(`${name} out`)
    }
  })
}

interface Played {
  log: string[]
  outcome: string
  time: number
  iterations: number
}

/** Plays the chain around `leaf` in a task; `disturb` may do something to it in the meantime. */
async function play(
  mixture: readonly Spelling[],
  levels: readonly Level[],
  leaf: Call,
  disturb: (task: { cancel(reason?: unknown): boolean }) => void = () => {},
): Promise<Played> {
  const log: string[] = []
  const chain = mixture.reduceRight<Call>(
    (next, spelling, at) => define(spelling, at, levels[at] ?? {}, next, log),
    leaf,
  )
  return await runVirtual(async () => {
    const loop = getRunningLoop()
    const before = loop.statistics().iterations
    const task = createTask(chain() as TaskSource<string>)
    loop.callLater(5, () => disturb(task))
    let outcome: string
    try {
      outcome = await task
    } catch (error) {
      outcome = String(error)
    }
    return { log, outcome, time: loop.time(), iterations: loop.statistics().iterations - before }
  })
}

const allIn = ['outer in', 'middle in', 'inner in']
const allOut = ['inner out', 'middle out', 'outer out']
const plain: Level[] = [{}, {}, {}]
const failAfter = coroutine(function* (delay: number): Generator<never, string> {
  yield* sleep(delay) as Iterable<never>
  throw new RangeError('failed')
})

describe.each(mixtures)('%s > %s > %s', (...mixture) => {
  test('a value comes up through all, with nothing in between', async () => {
    const played = await play(mixture, plain, () => sleep(10, 'leaf'))
    expect(played).toEqual({
      log: [...allIn, ...allOut],
      outcome: 'outer(middle(inner(leaf)))',
      time: 10,
      // The start, the disturbance, the timer, who slept, and who waited for the task.
      iterations: 5,
    })
  })

  test('a call that does not suspend costs no iteration', async () => {
    const leaf = coroutine(async () => 'leaf')
    const played = await play(mixture, plain, leaf)
    expect(played).toMatchObject({ outcome: 'outer(middle(inner(leaf)))', time: 0, iterations: 2 })
  })

  test('an error comes up through all', async () => {
    for (const delay of [0, 10]) {
      const played = await play(mixture, plain, () => failAfter(delay))
      expect(played.outcome).toBe('RangeError: failed')
      expect(played.log).toEqual([...allIn, ...allOut])
    }
  })

  test.each([0, 1, 2])('an error is caught at level %i', async (at) => {
    const levels = plain.map((level, each) =>
      each === at ? { catches: (error: Error) => `caught ${error.message}` } : level,
    )
    const outcomes = ['caught failed', 'outer(caught failed)', 'outer(middle(caught failed))']
    const played = await play(mixture, levels, () => failAfter(10))
    expect(played.outcome).toBe(outcomes[at])
    expect(played.log).toEqual([...allIn, ...allOut])
  })

  test('each finally may wait, from the inside out', async () => {
    const cleansUp = plain.map(() => ({ cleansUp: true }))
    const played = await play(mixture, cleansUp, () => sleep(10, 'leaf'))
    expect(played).toMatchObject({ log: [...allIn, ...allOut], time: 13 })
    const failed = await play(mixture, cleansUp, () => failAfter(10))
    expect(failed).toMatchObject({ outcome: 'RangeError: failed', time: 13 })
  })

  test('a cancellation goes in at the innermost and comes up through all', async () => {
    const cleansUp = plain.map(() => ({ cleansUp: true }))
    const played = await play(
      mixture,
      cleansUp,
      () => sleep(10, 'leaf'),
      (task) => task.cancel('enough'),
    )
    expect(played).toMatchObject({
      log: [...allIn, ...allOut],
      outcome: 'CancelledError: enough',
      time: 8,
    })
  })

  test.each([0, 1, 2])('a cancellation is caught at level %i, and the rest goes on', async (at) => {
    const seen: unknown[] = []
    const levels = plain.map((level, each) =>
      each === at
        ? {
            catches: (error: Error) => {
              seen.push(error instanceof CancelledError && error.reason)
              return 'caught'
            },
          }
        : level,
    )
    const outcomes = ['caught', 'outer(caught)', 'outer(middle(caught))']
    const played = await play(
      mixture,
      levels,
      () => sleep(10, 'leaf'),
      (task) => task.cancel('enough'),
    )
    expect([played.outcome, played.time, seen]).toEqual([outcomes[at], 5, ['enough']])
  })

  test('a second cancellation reaches the clean-up of the first', async () => {
    const levels = [{}, {}, { cleansUp: true }]
    const played = await play(
      mixture,
      levels,
      () => sleep(10, 'leaf'),
      (task) => {
        task.cancel('first')
        getRunningLoop().callLater(0.5, () => task.cancel('second'))
      },
    )
    expect(played).toMatchObject({
      log: [...allIn, 'middle out', 'outer out'],
      outcome: 'CancelledError: second',
      time: 5.5,
    })
  })
})

test('there are as many mixtures as there should be', () => {
  // 27 of three kinds, less the 3 + 3 with an async function right above a raw generator.
  expect(mixtures).toHaveLength(21)
})
