import { type Acquired, CapacityLimiter, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import {
  iteration,
  outcomeOf,
  outcomesOf,
  play,
  type Spelling,
  spawn,
  spellings,
  turns,
} from './both.ts'

/** A task that takes a token and keeps it until it is cancelled. */
const keeper = (spelling: Spelling, limiter: CapacityLimiter) =>
  spawn(spelling, function* () {
    const token: Acquired = yield limiter.acquire()
    try {
      yield sleep(Infinity)
    } finally {
      token.release()
    }
  })

const notHeld = expect.objectContaining({ name: 'RuntimeError', code: 'ERR_NOT_ACQUIRED' })
const twice = expect.objectContaining({ name: 'RuntimeError', code: 'ERR_ALREADY_BORROWED' })
const wouldBlock = expect.objectContaining({ code: 'ERR_WOULD_BLOCK' })

describe.each(spellings)('CapacityLimiter behind %s', (_name, spelling) => {
  test('a token is had without a suspension as long as there is one', async () => {
    await play(spelling, function* () {
      const limiter = new CapacityLimiter(2)
      const before = iteration()
      const token: Acquired = yield limiter.acquire()
      yield limiter.acquireOnBehalfOf('somebody')
      expect([limiter.borrowedTokens, limiter.availableTokens, iteration()]).toEqual([2, 0, before])
      expect(() => limiter.acquireOnBehalfOfNowait('other')).toThrow(wouldBlock)
      token.release()
      token.release()
      limiter.releaseOnBehalfOf('somebody')
      expect([limiter.borrowedTokens, limiter.availableTokens]).toEqual([0, 2])
    })
  })

  test('tokens go to who waits, in order, and nobody overtakes', async () => {
    await play(spelling, function* () {
      const limiter = new CapacityLimiter(1)
      const tasks = [1, 2, 3].map(() => keeper(spelling, limiter))
      yield sleep(0)
      for (const task of tasks) {
        const { borrowers, tasksWaiting } = limiter.statistics()
        expect(borrowers.length).toBe(1)
        expect(borrowers[0] === task).toBe(true)
        expect(tasksWaiting).toBe(2 - tasks.indexOf(task))
        task.cancel()
        // One iteration for the task to release it. The token is lent at once.
        yield sleep(0)
      }
      expect(limiter.borrowedTokens).toBe(0)
      yield* outcomesOf(tasks)
    })
  })

  test('a borrower has one token at most', async () => {
    await play(spelling, function* () {
      const limiter = new CapacityLimiter(2)
      yield limiter.acquire()
      expect(() => limiter.acquireNowait()).toThrow(twice)
      limiter.acquireOnBehalfOfNowait('b')
      const waiting = spawn(spelling, function* () {
        yield limiter.acquireOnBehalfOf('c')
        return 'got'
      })
      yield sleep(0)
      for (const borrower of ['b', 'c']) {
        try {
          yield limiter.acquireOnBehalfOf(borrower)
          expect.unreachable()
        } catch (error) {
          expect(error).toEqual(twice)
        }
      }
      limiter.release()
      expect(yield* outcomesOf([waiting])).toEqual(['got'])
      expect(limiter.statistics()).toEqual({
        borrowedTokens: 2,
        totalTokens: 2,
        borrowers: ['b', 'c'],
        tasksWaiting: 0,
      })
      expect(() => limiter.release()).toThrow(notHeld)
      expect(() => limiter.releaseOnBehalfOf('d')).toThrow(notHeld)
    })
  })

  test('more tokens wake as many; fewer take nothing away', async () => {
    await play(spelling, function* () {
      const limiter = new CapacityLimiter(0)
      const tasks = [1, 2, 3, 4].map(() => keeper(spelling, limiter))
      yield sleep(0)
      expect(limiter.statistics()).toMatchObject({ borrowedTokens: 0, tasksWaiting: 4 })
      limiter.totalTokens = 2
      expect(limiter.statistics()).toMatchObject({ borrowedTokens: 2, tasksWaiting: 2 })
      limiter.totalTokens = 1
      expect([limiter.availableTokens, limiter.borrowedTokens]).toEqual([-1, 2])
      yield sleep(0)
      tasks[0]?.cancel()
      yield* turns(2)
      expect(limiter.statistics()).toMatchObject({ borrowedTokens: 1, tasksWaiting: 2 })
      limiter.totalTokens = Infinity
      expect(limiter.statistics()).toMatchObject({ borrowedTokens: 3, tasksWaiting: 0 })
      for (const task of tasks) task.cancel()
      yield* outcomesOf(tasks)
      expect(limiter.borrowedTokens).toBe(0)
    })
  })

  test.each([0, 1, 2, 3])('a cancellation in iteration %d loses no token', async (turn) => {
    await play(spelling, function* () {
      const limiter = new CapacityLimiter(1)
      const holder = keeper(spelling, limiter)
      const [first, second] = [keeper(spelling, limiter), keeper(spelling, limiter)] as const
      yield* turns(1)
      holder.cancel()
      yield* turns(turn)
      first.cancel()
      yield* turns(4)
      expect([outcomeOf(first), outcomeOf(second)]).toEqual(['cancelled', 'pending'])
      expect(limiter.statistics().borrowers[0] === second).toBe(true)
      expect([limiter.borrowedTokens, limiter.statistics().tasksWaiting]).toEqual([1, 0])
      second.cancel()
      yield* outcomesOf([second, holder])
      expect(limiter.borrowedTokens).toBe(0)
    })
  })

  test('a token that is lent and cancelled in one step goes to the next', async () => {
    await play(spelling, function* () {
      const limiter = new CapacityLimiter(1)
      yield limiter.acquire()
      const [first, second] = [keeper(spelling, limiter), keeper(spelling, limiter)] as const
      yield sleep(0)
      limiter.release()
      first.cancel()
      yield* turns(2)
      expect(limiter.statistics().borrowers[0] === second).toBe(true)
      second.cancel()
      yield* outcomesOf([first, second])
      expect(limiter.borrowedTokens).toBe(0)
    })
  })
})

test('bad input', () => {
  for (const total of [-1, 1.5, Number.NaN, -Infinity]) {
    expect(() => new CapacityLimiter(total)).toThrow(RangeError)
  }
  const limiter = new CapacityLimiter(Infinity)
  expect(() => {
    limiter.totalTokens = -1
  }).toThrow(RangeError)
  expect(() => {
    limiter.totalTokens = '3' as never
  }).toThrow(TypeError)
  expect(() => limiter.acquireNowait()).toThrow('outside any task')
  expect(String(limiter)).toBe('<CapacityLimiter 0 of Infinity lent>')
})
