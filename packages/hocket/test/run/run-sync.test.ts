// biome-ignore-all lint/correctness/useYield: a program that suspends nowhere is one, too
import { VirtualHost } from '@hocket/testing'
import {
  coroutine,
  createTask,
  DeadlockError,
  EventLoop,
  ensureFuture,
  getRunningLoop,
  KeyboardInterrupt,
  RuntimeError,
  run,
  runSync,
  sleep,
  type TaskSource,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, virtualLoop } from '../support/loop.ts'
import { hostTurn } from '../support/turns.ts'

/** In real time, and without a word on the console. */
function quietLoop(): EventLoop {
  const loop = new EventLoop()
  collectReports(loop)
  return loop
}

/** What `runSync` throws. */
function errorOf(main: TaskSource<unknown>, loop = quietLoop()): Error {
  try {
    runSync(main, { loopFactory: () => loop })
  } catch (error) {
    return error as Error
  }
  throw new Error('expected a failure')
}

describe('runSync', () => {
  test('has run the program when it returns', () => {
    const log: string[] = []
    const child = coroutine(function* (name: string) {
      log.push(`${name} begins`)
      yield* sleep(0)
      log.push(`${name} ends`)
      return name
    })
    const result = runSync(function* () {
      const tasks = [createTask(child('a')), createTask(child('b'))]
      const own = yield* child('own')
      return [own, yield* tasks[0] as Iterable<never>, tasks[1]?.done()]
    })
    log.push('returned')
    expect(result).toEqual(['own', 'a', true])
    expect(log).toEqual([
      'own begins',
      'a begins',
      'b begins',
      'own ends',
      'a ends',
      'b ends',
      'returned',
    ])
  })

  test('takes a coroutine, a generator and a function', () => {
    const named = coroutine(function* (value: string) {
      return value
    })
    const raw = function* () {
      yield* sleep(0)
      return 'raw'
    }
    expect([runSync(named('coroutine')), runSync(raw()), runSync(raw)]).toEqual([
      'coroutine',
      'raw',
      'raw',
    ])
  })

  test('throws what the program throws', () => {
    const error = errorOf(function* () {
      yield* sleep(0)
      throw new RangeError('failed')
    })
    expect(error).toEqual(new RangeError('failed'))
  })

  test('lets time pass on a virtual clock', () => {
    const host = new VirtualHost()
    const result = runSync(sleep(5000, 'slept'), { loopFactory: () => new EventLoop({ host }) })
    expect([result, host.now()]).toEqual(['slept', 5000])
  })

  test('cancels what is left, waits for it, and closes the loop', () => {
    const loop = virtualLoop()
    const log: string[] = []
    runSync(
      function* () {
        createTask(function* () {
          try {
            yield* sleep(100)
          } finally {
            yield* sleep(5)
            log.push('cleaned up')
          }
        })
        yield* sleep(0)
      },
      { loopFactory: () => loop },
    )
    expect([log, loop.isClosed(), loop.time()]).toEqual([['cleaned up'], true, 5])
  })

  test('may be called inside a step of a run, and inside itself', async () => {
    const inner = function* () {
      yield* sleep(0)
      return runSync(function* () {
        yield* sleep(0)
        return 'innermost'
      })
    }
    const result = await run(async () => {
      await sleep(0)
      const first = runSync(inner)
      await sleep(0)
      return [first, runSync(inner)]
    })
    expect(result).toEqual(['innermost', 'innermost'])
  })

  test('leaves the outer loop and task as they were', async () => {
    const seen = await run(function* () {
      const loop = getRunningLoop()
      const insideSame = runSync(function* () {
        return getRunningLoop() === loop
      })
      yield* sleep(0)
      return [insideSame, getRunningLoop() === loop]
    })
    expect(seen).toEqual([false, true])
  })

  test('takes debug', () => {
    const body = function* () {
      return getRunningLoop().getDebug()
    }
    expect([runSync(body, { debug: true }), runSync(body)]).toEqual([true, false])
  })
})

describe('what needs the host is named', () => {
  const native = /^runSync\(\) can't run an async function .*Write it as a generator coroutine/

  test('an async function as main', () => {
    const error = errorOf(async function download() {
      await sleep(0)
    })
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toMatch(native)
    expect(error.message).toContain('download')
  })

  test('an async function below a generator', () => {
    const download = coroutine(async function download() {
      await Promise.resolve()
    })
    const error = errorOf(function* () {
      yield* download()
    })
    expect(error.message).toMatch(native)
    expect(error.message).toContain('download')
  })

  test('a timer in real time', () => {
    const error = errorOf(sleep(5000))
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toMatch(
      /^runSync\(\) can't wait for a timer \([\d.]+ ms from now\): time passes on the host only/,
    )
  })

  test('a promise', () => {
    const error = errorOf(function* () {
      yield* ensureFuture(hostTurn())
    })
    expect(error).toBeInstanceOf(RuntimeError)
    expect(error.message).toMatch(/^runSync\(\) can't wait for .*promise/)
  })

  test('what can never come is a deadlock, with the tasks in it', () => {
    const error = errorOf(function* () {
      const future = getRunningLoop().createFuture()
      yield* createTask(
        function* () {
          yield* future
        },
        { name: 'stuck' },
      )
    }, virtualLoop())
    expect(error).toBeInstanceOf(DeadlockError)
    expect(error.message).toMatch(/stuck .*waits for a Future/)
  })

  test('after each of them the loop is closed, and nothing of the program goes on', async () => {
    const log: string[] = []
    const loops = [quietLoop(), quietLoop()] as const
    errorOf(async () => {
      await Promise.resolve()
      log.push('went on')
      await sleep(0)
      log.push('went on further')
    }, loops[0])
    errorOf(sleep(5000), loops[1])
    expect(loops.map((loop) => loop.isClosed())).toEqual([true, true])
    await hostTurn()
    // A promise's callbacks can't be taken back, but no loop wakes anybody any more.
    expect(log).toEqual(['went on'])
  })
})

describe('an early end', () => {
  test('by a KeyboardInterrupt in another task is that error', () => {
    const loop = virtualLoop()
    collectReports(loop)
    const error = errorOf(function* () {
      createTask(function* () {
        throw new KeyboardInterrupt()
      })
      yield* sleep(1)
      yield* sleep(1)
    }, loop)
    expect(error).toBeInstanceOf(KeyboardInterrupt)
  })

  test('by stop() says so', () => {
    const error = errorOf(function* () {
      getRunningLoop().stop()
      yield* sleep(0)
      yield* sleep(0)
    })
    expect(error).toEqual(
      new RuntimeError('the event loop was stopped before the awaitable was done'),
    )
  })
})
