import { BoundedSemaphore, coroutine, getRunningLoop, Lock, sleep, use } from 'hocket'
import { describe, expect, test } from 'vitest'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { iteration, outcomeOf, outcomesOf, play, spawn, spellings, turns } from './both.ts'

describe.each(spellings)('Lock behind %s', (_name, spelling) => {
  test('is locked between acquire and release', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      expect(lock.locked()).toBe(false)
      yield lock.acquire()
      expect(lock.locked()).toBe(true)
      lock.release()
      expect(lock.locked()).toBe(false)
    })
  })

  test('a free one is acquired without a suspension', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      const before = iteration()
      for (let round = 0; round < 3; round += 1) {
        yield lock.acquire()
        lock.release()
      }
      expect(iteration()).toBe(before)
    })
  })

  test('nothing is acquired before the await', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      const acquiring = lock.acquire()
      yield sleep(1)
      expect(lock.locked()).toBe(false)
      yield acquiring
      expect(lock.locked()).toBe(true)
    })
  })

  test('who waits gets it in order, each in the iteration after the release', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const lock = new Lock()
      yield lock.acquire()
      const tasks = ['a', 'b', 'c'].map((name) =>
        spawn(spelling, function* () {
          yield lock.acquire()
          log.push(name)
        }),
      )
      yield* turns(3)
      expect(log).toEqual([])
      for (const count of [1, 2, 3]) {
        lock.release()
        expect(log).toHaveLength(count - 1)
        yield sleep(0)
        expect([log.length, lock.locked()]).toEqual([count, true])
      }
      lock.release()
      yield* outcomesOf(tasks)
    })
    expect(log).toEqual(['a', 'b', 'c'])
  })

  test('nobody overtakes between the release and the step of who was woken', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const lock = new Lock()
      yield lock.acquire()
      const waiting = spawn(spelling, function* () {
        yield lock.acquire()
        log.push('waiting')
        lock.release()
      })
      yield sleep(0)
      lock.release()
      expect(lock.locked()).toBe(false)
      expect(() => lock.acquireNowait()).toThrow('is not free')
      yield lock.acquire()
      log.push('newcomer')
      lock.release()
      yield waiting
    })
    expect(log).toEqual(['waiting', 'newcomer'])
  })

  test('a newcomer may overtake when all who wait are cancelled', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      yield lock.acquire()
      const waiting = spawn(spelling, function* () {
        yield lock.acquire()
      })
      yield sleep(0)
      waiting.cancel()
      lock.release()
      const before = iteration()
      yield lock.acquire()
      expect(iteration()).toBe(before)
      expect(yield* outcomesOf([waiting])).toEqual(['cancelled'])
    })
  })

  test('a cancelled waiter leaves nothing behind', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      yield lock.acquire()
      const waiting = spawn(spelling, function* () {
        yield lock.acquire()
      })
      yield sleep(0)
      expect(lock.statistics().tasksWaiting).toBe(1)
      waiting.cancel()
      expect(yield* outcomesOf([waiting])).toEqual(['cancelled'])
      expect([lock.locked(), lock.statistics().tasksWaiting]).toEqual([true, 0])
    })
  })

  // test_locks.LockTests.test_cancel_race
  test('a waiter that is cancelled after it was woken wakes the next', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      yield lock.acquire()
      const [first, second] = ['first', 'second'].map((name) =>
        spawn(spelling, function* () {
          yield lock.acquire()
          return name
        }),
      ) as [ReturnType<typeof spawn>, ReturnType<typeof spawn>]
      yield sleep(0)
      first.cancel()
      lock.release()
      yield* turns(3)
      expect([outcomeOf(first), outcomeOf(second), lock.locked()]).toEqual([
        'cancelled',
        'second',
        true,
      ])
    })
  })

  // test_cancel_release_race: a release and two cancellations in one step.
  test('cancelling all who wait in the step of the release leaves it free', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      yield lock.acquire()
      const tasks = [1, 2, 3].map(() =>
        spawn(spelling, function* () {
          yield lock.acquire()
        }),
      )
      yield sleep(0)
      lock.release()
      for (const task of tasks) task.cancel()
      expect(yield* outcomesOf(tasks)).toEqual(['cancelled', 'cancelled', 'cancelled'])
      expect(lock.locked()).toBe(false)
      lock.acquireNowait().release()
    })
  })

  test('releasing what nobody holds is an error', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      expect(() => lock.release()).toThrow(
        '<Lock unlocked> is not acquired, so it cannot be released',
      )
      yield lock.acquire()
      lock.release()
      expect(() => lock.release()).toThrow(
        expect.objectContaining({ name: 'RuntimeError', code: 'ERR_NOT_ACQUIRED' }),
      )
    })
  })

  test('acquireNowait takes it or throws WouldBlock', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      const held = lock.acquireNowait()
      expect(() => lock.acquireNowait()).toThrow(expect.objectContaining({ name: 'WouldBlock' }))
      held.release()
      yield lock.acquire()
    })
  })

  test('statistics tell who holds it', async () => {
    await play(spelling, function* () {
      const lock = new Lock()
      const owner = spawn(spelling, function* () {
        yield lock.acquire()
        yield sleep(5)
        lock.release()
      })
      const next = spawn(spelling, function* () {
        yield lock.acquire()
      })
      yield sleep(1)
      const before = lock.statistics()
      // Not by toEqual, which would iterate over a Task for ever.
      expect(before.owner === owner).toBe(true)
      expect([before.locked, before.tasksWaiting]).toEqual([true, 1])
      expect(Object.isFrozen(lock.statistics())).toBe(true)
      expect(String(lock)).toBe('<Lock locked, 1 waiting>')
      yield sleep(5)
      const after = lock.statistics()
      expect(after.owner === next).toBe(true)
      expect([after.locked, after.tasksWaiting]).toEqual([true, 0])
      lock.release()
      expect(lock.statistics()).toEqual({ locked: false, owner: null, tasksWaiting: 0 })
    })
  })

  test('who waits for ever is named in the deadlock', async () => {
    const error = await errorOf(
      play(spelling, function* () {
        const lock = new Lock()
        yield lock.acquire()
        yield lock.acquire()
      }),
    )
    expect(error.name).toBe('DeadlockError')
    expect(error.message).toContain('waits for <Lock locked, 1 waiting>')
  })

  test('it is bound to a loop by the first who has to wait', async () => {
    const lock = new Lock()
    await play(spelling, function* () {
      yield lock.acquire()
      lock.release()
    })
    await play(spelling, function* () {
      yield lock.acquire()
      const waiting = spawn(spelling, function* () {
        yield lock.acquire()
      })
      yield sleep(0)
      lock.release()
      yield waiting
    })
    const error = await errorOf(
      play(spelling, function* () {
        yield lock.acquire()
      }),
    )
    expect(error).toMatchObject({ name: 'RuntimeError', code: 'ERR_OTHER_LOOP' })
    expect(error.message).toContain('is bound to a different event loop')
    lock.release()
    await play(spelling, function* () {
      yield lock.acquire()
    })
  })
})

describe('what acquire() gives', () => {
  test('await using releases at the end of the block, without giving way', async () => {
    await runVirtual(async () => {
      const lock = new Lock()
      const before = iteration()
      {
        await using _held = await lock.acquire()
        expect(lock.locked()).toBe(true)
      }
      expect([lock.locked(), iteration()]).toEqual([false, before])
      {
        using _held = await lock.acquire()
        expect(lock.locked()).toBe(true)
      }
      expect(lock.locked()).toBe(false)
    })
  })

  test('use() releases at the end of the coroutine, without giving way', async () => {
    await runVirtual(function* () {
      const lock = new Lock()
      const before = iteration()
      const work = coroutine(function* () {
        yield* use(lock.acquire())
        return lock.locked()
      })
      expect(yield* work()).toBe(true)
      expect([lock.locked(), iteration()]).toEqual([false, before])
    })
  })

  test('use() releases when the coroutine is cancelled or fails', async () => {
    await runVirtual(function* () {
      const lock = new Lock()
      const work = coroutine(function* (end: () => void) {
        yield* use(lock.acquire())
        yield* sleep(5)
        end()
      })
      const failing = work(() => {
        throw new Error('why')
      })
      try {
        yield* failing
      } catch (error) {
        expect(error).toEqual(new Error('why'))
      }
      expect(lock.locked()).toBe(false)
      const task = getRunningLoop().createTask(work(() => {}))
      yield* sleep(1)
      expect(lock.locked()).toBe(true)
      task.cancel()
      yield* sleep(0)
      expect(lock.locked()).toBe(false)
    })
  })

  test('releasing it twice does nothing', async () => {
    await runVirtual(async () => {
      const lock = new Lock()
      const held = await lock.acquire()
      held.release()
      await lock.acquire()
      held.release()
      held[Symbol.dispose]()
      void held[Symbol.asyncDispose]()
      expect(lock.locked()).toBe(true)
    })
  })

  test('after release() of the lock it does not take the lock from somebody else', async () => {
    await runVirtual(async () => {
      const lock = new Lock()
      const held = await lock.acquire()
      const other = getRunningLoop().createTask(async () => {
        await lock.acquire()
      })
      await sleep(0)
      lock.release()
      await other
      held.release()
      expect(lock.locked()).toBe(true)
      expect(lock.statistics().owner === other).toBe(true)
    })
  })

  test('it releases what was released and acquired again inside its block', async () => {
    await runVirtual(async () => {
      const lock = new Lock()
      {
        await using _held = await lock.acquire()
        lock.release()
        await lock.acquire()
      }
      expect(lock.locked()).toBe(false)
    })
  })
})

test('an acquire that nobody awaits is reported, and does nothing', async () => {
  const loop = virtualLoop()
  const reports = collectReports(loop)
  const lock = new Lock()
  const one = new BoundedSemaphore(1)
  await runVirtual(function* () {
    void lock.acquire()
    void one.acquire()
    yield* sleep(0)
  }, loop)
  expect(reports.map(({ message }) => message.split(' was')[0])).toEqual([
    'the coroutine Lock.acquire',
    'the coroutine Semaphore.acquire',
  ])
  expect([lock.locked(), one.locked()]).toEqual([false, false])
})

test('an acquire outside any task becomes a task of the default loop', async () => {
  const lock = new Lock()
  const held = await lock.acquire()
  expect(lock.locked()).toBe(true)
  held.release()
})
