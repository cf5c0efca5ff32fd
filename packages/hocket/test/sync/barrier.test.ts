import { Barrier, sleep } from 'hocket'
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

const many = (spelling: Spelling, barrier: Barrier, count: number) =>
  Array.from({ length: count }, () =>
    spawn(spelling, function* () {
      return (yield barrier.wait()) as number
    }),
  )

describe.each(spellings)('Barrier behind %s', (_name, spelling) => {
  test('all go on when the last has come; each knows its place', async () => {
    await play(spelling, function* () {
      const barrier = new Barrier(3)
      const tasks = many(spelling, barrier, 2)
      yield* turns(5)
      expect([tasks.map(outcomeOf), barrier.nWaiting]).toEqual([['pending', 'pending'], 2])
      expect(yield barrier.wait()).toBe(2)
      expect(yield* outcomesOf(tasks)).toEqual([0, 1])
      expect([barrier.nWaiting, barrier.broken]).toEqual([0, false])
    })
  })

  test('one of a single party does not suspend', async () => {
    await play(spelling, function* () {
      const barrier = new Barrier(1)
      const before = iteration()
      expect([yield barrier.wait(), yield barrier.wait(), iteration()]).toEqual([0, 0, before])
    })
  })

  // test_filling_tasks_check_return_value, test_draining_state
  test('it is used round after round; who comes while it drains belongs to the next', async () => {
    await play(spelling, function* () {
      const barrier = new Barrier(2)
      const tasks = many(spelling, barrier, 5)
      yield* turns(20)
      const outcomes = tasks.map(outcomeOf)
      expect(outcomes.filter((index) => index === 'pending')).toHaveLength(1)
      const places = outcomes.filter((index) => typeof index === 'number')
      expect(places.sort((a, b) => a - b)).toEqual([0, 0, 1, 1])
      expect(barrier.nWaiting).toBe(1)
      yield barrier.wait()
      yield* outcomesOf(tasks)
    })
  })

  test('a cancelled waiter leaves, and the others wait for one more', async () => {
    await play(spelling, function* () {
      const barrier = new Barrier(3)
      const tasks = many(spelling, barrier, 2)
      yield* turns(2)
      tasks[0]?.cancel()
      yield* turns(5)
      expect([tasks.map(outcomeOf), barrier.nWaiting]).toEqual([['cancelled', 'pending'], 1])
      const more = many(spelling, barrier, 2)
      // As in asyncio: the second keeps its place, and the next to come gets the same one.
      expect(yield* outcomesOf([...tasks, ...more])).toEqual(['cancelled', 1, 1, 2])
    })
  })

  // test_reset_barrier, test_reset_barrier_while_tasks_waiting
  test('reset() fails those who wait, and it is as new', async () => {
    await play(spelling, function* () {
      const barrier = new Barrier(3)
      const tasks = many(spelling, barrier, 2)
      yield* turns(2)
      yield barrier.reset()
      expect(yield* outcomesOf(tasks)).toEqual(['BrokenBarrierError', 'BrokenBarrierError'])
      expect([barrier.broken, barrier.nWaiting]).toEqual([false, 0])
      expect(yield* outcomesOf(many(spelling, barrier, 3))).toEqual([0, 1, 2])
    })
  })

  // test_reset_barrier_when_tasks_half_draining_half_blocking
  test('reset() while it drains lets those pass who were complete, and the rest come in again', async () => {
    await play(spelling, function* () {
      const barrier = new Barrier(3)
      const tasks = many(spelling, barrier, 7)
      // In the iteration in which the third has come, with the first round on its way out.
      yield sleep(0)
      yield barrier.reset()
      yield* turns(30)
      const outcomes = tasks.map(outcomeOf)
      const broken = outcomes.filter((outcome) => outcome === 'BrokenBarrierError').length
      const through = outcomes.filter((outcome) => typeof outcome === 'number').length
      expect([broken + through, barrier.nWaiting, barrier.broken]).toEqual([6, 1, false])
      yield barrier.reset()
      yield* outcomesOf(tasks)
    })
  })

  // test_abort_barrier
  test('abort() breaks it for all until it is reset', async () => {
    await play(spelling, function* () {
      const barrier = new Barrier(3)
      const tasks = many(spelling, barrier, 2)
      yield* turns(2)
      yield barrier.abort()
      const late = many(spelling, barrier, 1)
      expect(yield* outcomesOf([...tasks, ...late])).toEqual([
        'BrokenBarrierError',
        'BrokenBarrierError',
        'BrokenBarrierError',
      ])
      expect(barrier.statistics()).toEqual({ parties: 3, tasksWaiting: 0, broken: true })
      yield barrier.reset()
      expect(yield* outcomesOf(many(spelling, barrier, 3))).toEqual([0, 1, 2])
    })
  })

  test.each([0, 1, 2, 3, 4, 5, 6])(
    'a cancellation in iteration %d strands nobody',
    async (turn) => {
      for (const victim of [0, 1, 2]) {
        await play(spelling, function* () {
          const barrier = new Barrier(3)
          const tasks = many(spelling, barrier, 3)
          yield* turns(turn)
          tasks[victim]?.cancel()
          yield* turns(20)
          const passed = tasks
            .map(outcomeOf)
            .filter((outcome) => typeof outcome === 'number').length
          // Whoever is left waits for a full round; nobody has gone with an incomplete one.
          expect(barrier.nWaiting).toBe(tasks.map(outcomeOf).filter((o) => o === 'pending').length)
          expect(barrier._condition.locked()).toBe(false)
          const more = many(spelling, barrier, 3 - barrier.nWaiting)
          const outcomes = yield* outcomesOf([...tasks, ...more])
          expect(outcomes.filter((outcome) => outcome === 'cancelled').length).toBeLessThan(2)
          expect(passed === 0 || passed >= 2).toBe(true)
          expect(barrier.nWaiting).toBe(0)
        })
      }
    },
  )
})

test('bad input', () => {
  for (const parties of [0, -1, 1.5, Number.NaN]) {
    expect(() => new Barrier(parties)).toThrow(RangeError)
  }
  expect(() => new Barrier('2' as never)).toThrow(TypeError)
  expect(String(new Barrier(2))).toBe('<Barrier filling, 0 of 2 waiting>')
})
