import { coroutine, createTask, currentTask, type Future, getRunningLoop, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

type Chain = Promise<unknown>

/** `then` gives more than it says: what a promise has. */
const asChain = (awaitable: PromiseLike<unknown>) => awaitable as Chain

/** It is looked at later; until then it must not count as ignored. */
function asPromise(result: PromiseLike<unknown>): Promise<unknown> {
  const promise = Promise.resolve(result)
  promise.catch(() => {})
  return promise
}

/** Runs `use` on a future that is settled by `settle` while the loop runs. */
async function chained(
  settle: (future: Future<number>) => void,
  use: (future: Future<number>) => PromiseLike<unknown>,
): Promise<unknown> {
  const loop = virtualLoop()
  const future = loop.createFuture<number>()
  const result = asPromise(use(future))
  loop.callLater(1, () => settle(future))
  const task = loop.createTask(sleep(5))
  await loop.runUntilComplete(task)
  return await result
}

const fulfil = (future: Future<number>) => future.setResult(1)
const reject = (future: Future<number>) => future.setException(new RangeError('failed'))

describe('then', () => {
  test('hands the callback’s result on', async () => {
    expect(await chained(fulfil, (future) => future.then((value) => value + 1))).toBe(2)
  })

  test('takes in what the callback gives, if that is a promise', async () => {
    const result = chained(fulfil, (future) => future.then(async (value) => value + 1))
    expect(await result).toBe(2)
  })

  test('without callbacks hands on what it has', async () => {
    expect(await chained(fulfil, (future) => future.then(undefined))).toBe(1)
    expect(await chained(fulfil, (future) => future.then(null, null))).toBe(1)
    expect(await errorOf(chained(reject, (future) => future.then(undefined)))).toEqual(
      new RangeError('failed'),
    )
  })

  test('an error in the callback goes on as the rejection, past its own onRejected', async () => {
    const error = await errorOf(
      chained(fulfil, (future) =>
        future.then(
          () => {
            throw new TypeError('callback')
          },
          () => 'not this one',
        ),
      ),
    )
    expect(error).toEqual(new TypeError('callback'))
  })

  test('a rejection that is handled ends well', async () => {
    const result = await chained(reject, (future) =>
      future.then(
        () => 'not this one',
        (error: unknown) => (error as Error).message,
      ),
    )
    expect(result).toBe('failed')
  })

  test('chains: then, catch, finally', async () => {
    const log: string[] = []
    const result = await chained(reject, (future) =>
      asChain(future.then(() => log.push('skipped')))
        .catch((error: Error) => {
          log.push(error.message)
          return 'rescued'
        })
        .finally(() => log.push('finally')),
    )
    expect([result, log]).toEqual(['rescued', ['failed', 'finally']])
  })

  test('what it gives may be chained after it has settled', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<number>()
    future.setResult(1)
    const [plus, failing] = [
      asChain(future.then((value) => value + 1)),
      asChain(
        future.then(() => {
          throw new RangeError('late')
        }),
      ),
    ]
    expect(await plus).toBe(2)
    expect(await plus.finally(() => {})).toBe(2)
    expect(await failing.catch((error: Error) => error.message)).toBe('late')
  })

  test('several thens of one future all hear of it, in order', async () => {
    const log: string[] = []
    await chained(fulfil, (future) => {
      const all = ['a', 'b', 'c'].map((name) => future.then(() => log.push(name)))
      return Promise.all(all)
    })
    expect(log).toEqual(['a', 'b', 'c'])
  })

  test('does not call the callback before it has returned', () => {
    const future = virtualLoop().createFuture<number>()
    future.setResult(1)
    const log: string[] = []
    void future.then(() => log.push('callback'))
    log.push('after then')
    expect(log[0]).toBe('after then')
  })

  test('a callback that was registered outside any task belongs to none', async () => {
    const seen: unknown[] = []
    await runVirtual(function* () {
      const loop = getRunningLoop()
      const future = loop.createFuture<void>()
      loop.callSoon(() => {
        void future.then(() => seen.push(currentTask()?.getName() ?? null))
      })
      yield* sleep(1)
      createTask(function* () {
        future.setResult()
        yield* sleep(0)
        yield* sleep(0)
      })
      yield* sleep(1)
    })
    expect(seen).toEqual([null])
  })
})

describe('Promise.*', () => {
  const turns = coroutine(function* (name: string, count: number) {
    for (let turn = 0; turn < count; turn += 1) yield* sleep(0)
    return name
  })

  test('all takes futures, tasks and coroutines in', async () => {
    const result = await runVirtual(async () => {
      const future = getRunningLoop().createFuture<string>()
      getRunningLoop().callSoon(() => future.setResult('future'))
      return await Promise.all([future, createTask(turns('task', 2)), turns('coroutine', 3)])
    })
    expect(result).toEqual(['future', 'task', 'coroutine'])
  })

  test('any and allSettled do as well', async () => {
    const result = await runVirtual(async () => {
      const failed = getRunningLoop().createFuture<string>()
      failed.setException(new RangeError('failed'))
      const any = await Promise.any([failed, turns('any', 1)])
      const settled = await Promise.allSettled([turns('settled', 1), failed])
      return [any, ...settled.map((each) => each.status)]
    })
    expect(result).toEqual(['any', 'fulfilled', 'rejected'])
  })

  test('resolve makes a real promise of a future', async () => {
    const promise = chained(fulfil, (future) => {
      const real = Promise.resolve(future)
      expect(real).toBeInstanceOf(Promise)
      return real.then((value) => value + 1)
    })
    expect(await promise).toBe(2)
  })
})
