import {
  abortable,
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  EventLoop,
  ensureFuture,
  getRunningLoop,
  run,
  sleep,
  type TaskSource,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { hosts } from '../support/hosts.ts'

// What must be the same on every host. Where time is real, order comes from deadlines, never from pace.
describe.each(hosts)('a loop on $name', ({ make }) => {
  const start = <T>(main: TaskSource<T>) =>
    run(main, { loopFactory: () => new EventLoop({ host: make() }) })

  test('gives the result, or the error, of main', async () => {
    expect(await start(async () => await sleep(1, 'result'))).toBe('result')
    await expect(
      start(function* () {
        yield* sleep(1)
        throw new RangeError('failed')
      }),
    ).rejects.toThrow(new RangeError('failed'))
  })

  test('wakes sleepers in the order of their deadlines, and none early', async () => {
    const log: string[] = []
    const early: number[] = []
    await start(async () => {
      const loop = getRunningLoop()
      const began = loop.time()
      const tasks = [3, 1, 2, 0.5].map((delay, index) => {
        // A deadline, because the time between two calls of sleep() is real as well.
        const due = loop.createFuture<void>()
        loop.callAt(began + delay, () => due.setResult())
        const wake = () => {
          if (loop.time() < began + delay) early.push(delay)
          log.push(`${delay}`)
        }
        if (index % 2 === 0) {
          return createTask(async () => {
            await due
            wake()
          })
        }
        return createTask(function* () {
          yield* due
          wake()
        })
      })
      for (const task of tasks) await task
    })
    expect(log).toEqual(['0.5', '1', '2', '3'])
    expect(early).toEqual([])
  })

  test('runs the steps of async functions one at a time', async () => {
    const log: string[] = []
    const voice = (name: string) => async () => {
      for (let count = 0; count < 3; count += 1) {
        log.push(`${name}(`)
        await Promise.resolve()
        await Promise.resolve()
        log.push(`)`)
        await sleep(0)
      }
    }
    await start(async () => {
      const tasks = ['a', 'b', 'c'].map((name) => createTask(voice(name)))
      for (const task of tasks) await task
    })
    expect(log.join('')).toBe('a()b()c()'.repeat(3))
  })

  test('lets the two spellings await each other, in one task', async () => {
    const inner = coroutine(async (n: number) => {
      await sleep(0)
      return [n, currentTask()?.getName()]
    })
    const middle = coroutine(function* (n: number) {
      const result = yield* inner(n + 1)
      return [...result, currentTask()?.getName()]
    })
    const outer = coroutine(async () => [...(await middle(1)), currentTask()?.getName()])
    const result = await start(async () => await createTask(outer(), { name: 'one' }))
    expect(result).toEqual([2, 'one', 'one', 'one'])
  })

  test('cancels a sleeper, and the clean-up may wait', async () => {
    const log: string[] = []
    const sleeper = async () => {
      try {
        await sleep(60_000)
      } catch (error) {
        log.push((error as Error).name)
        await sleep(1)
        log.push('cleaned up')
        throw error
      }
    }
    const error = await start(async () => {
      const task = createTask(sleeper)
      await sleep(1)
      task.cancel('enough')
      try {
        await task
        return null
      } catch (error) {
        return error
      }
    })
    expect(log).toEqual(['CancelledError', 'cleaned up'])
    expect(error).toBeInstanceOf(CancelledError)
    expect((error as CancelledError).reason).toBe('enough')
  })

  test('waits for foreign promises', async () => {
    const foreign = (text: string) =>
      new Promise<string>((resolve) => {
        setImmediate(resolve, text)
      })
    const result = await start(async () => {
      const wrapped = await ensureFuture(foreign('wrapped'))
      const abort = await abortable(() => foreign('abortable'))
      const plain = await foreign('plain')
      return [wrapped, abort, plain]
    })
    expect(result).toEqual(['wrapped', 'abortable', 'plain'])
  })

  test('knows the task again behind a wrapped foreign promise', async () => {
    const names = await start(async () => {
      await ensureFuture(
        new Promise((resolve) => {
          setImmediate(resolve)
        }),
      )
      const name = currentTask()?.getName()
      await sleep(0)
      return [name === currentTask()?.getName(), name === undefined]
    })
    expect(names).toEqual([true, false])
  })

  test('knows the task of a generator behind any await', async () => {
    const names = await start(function* () {
      const before = currentTask()?.getName()
      yield* ensureFuture(
        new Promise((resolve) => {
          setImmediate(resolve)
        }),
      )
      return [before !== undefined, currentTask()?.getName() === before]
    })
    expect(names).toEqual([true, true])
  })

  test('runs another loop inside', async () => {
    const log: string[] = []
    const result = await start(async () => {
      const background = createTask(async () => {
        await sleep(1)
        log.push('outer')
      })
      const inner = await ensureFuture(start(async () => await sleep(1, 'inner result')))
      await background
      return inner
    })
    expect([result, log]).toEqual(['inner result', ['outer']])
  })

  test('ends what is left, and is closed', async () => {
    const log: string[] = []
    let loop: EventLoop | undefined
    await start(function* () {
      loop = getRunningLoop()
      createTask(function* () {
        try {
          yield* sleep(60_000)
        } finally {
          log.push('left')
        }
      })
      yield* sleep(0)
    })
    expect([log, loop?.isClosed()]).toEqual([['left'], true])
  })
})
