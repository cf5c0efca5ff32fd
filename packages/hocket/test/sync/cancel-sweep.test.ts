import { type Acquired, Condition, Lock, Semaphore, sleep, type Task } from 'hocket'
import { describe, expect, test } from 'vitest'
import { outcomesOf, play, type Spelling, spawn, spellings, turns } from './both.ts'

// Each waiter is cancelled in each iteration around its wake-up, from before it waits to after its end.
const WORKERS = 4
const LAST_TURN = 14
const sweep = Array.from({ length: WORKERS }, (_each, victim) =>
  Array.from({ length: LAST_TURN }, (_other, turn) => ({ victim, turn })),
).flat()

interface Guarded {
  acquire(): PromiseLike<Acquired>
}

/** Workers that hold it one after the other, for one iteration; what is seen of them. */
function* work(spelling: Spelling, guarded: Guarded, most: number, victim: number, turn: number) {
  const order: number[] = []
  let inside = 0
  const tasks: Task<unknown>[] = Array.from({ length: WORKERS }, (_each, me) =>
    spawn(spelling, function* () {
      const held: Acquired = yield guarded.acquire()
      try {
        inside += 1
        order.push(me)
        expect(inside).toBeLessThanOrEqual(most)
        yield sleep(0)
      } finally {
        inside -= 1
        held.release()
      }
    }),
  )
  yield* turns(turn)
  tasks[victim]?.cancel()
  const outcomes: unknown[] = yield* outcomesOf(tasks)
  expect(inside).toBe(0)
  expect(order).toEqual([...order].sort((a, b) => a - b))
  const others = [...outcomes.keys()].filter((me) => me !== victim)
  expect(others.map((me) => outcomes[me])).toEqual(others.map(() => undefined))
  expect(order.filter((me) => me !== victim)).toEqual(others)
}

describe.each(spellings)('behind %s', (_name, spelling) => {
  test.each(sweep)('Lock: waiter $victim, iteration $turn', async ({ victim, turn }) => {
    await play(spelling, function* () {
      const lock = new Lock()
      yield* work(spelling, lock, 1, victim, turn)
      expect([lock.locked(), lock.statistics().tasksWaiting]).toEqual([false, 0])
      lock.acquireNowait()
    })
  })

  test.each(sweep)('Semaphore(2): waiter $victim, iteration $turn', async ({ victim, turn }) => {
    await play(spelling, function* () {
      const semaphore = new Semaphore(2)
      yield* work(spelling, semaphore, 2, victim, turn)
      expect([semaphore.locked(), semaphore.statistics().tasksWaiting]).toEqual([false, 0])
      semaphore.acquireNowait()
      semaphore.acquireNowait()
      expect(semaphore.locked()).toBe(true)
    })
  })

  test.each(sweep)('Condition: waiter $victim, iteration $turn', async ({ victim, turn }) => {
    await play(spelling, function* () {
      const condition = new Condition()
      let tokens = 0
      let taken = 0
      const tasks: Task<unknown>[] = Array.from({ length: WORKERS }, () =>
        spawn(spelling, function* () {
          const held: Acquired = yield condition.acquire()
          try {
            yield condition.waitFor(() => tokens > 0)
            tokens -= 1
            taken += 1
          } finally {
            expect(condition.locked()).toBe(true)
            held.release()
          }
        }),
      )
      // As many tokens as there are workers left, each announced once: no announcement may be lost.
      const giver = spawn(spelling, function* () {
        for (let token = 0; token < WORKERS - 1; token += 1) {
          const held: Acquired = yield condition.acquire()
          tokens += 1
          condition.notify()
          held.release()
          yield sleep(0)
        }
      })
      yield* turns(turn)
      tasks[victim]?.cancel()
      yield* turns(40)
      const isCancelled = tasks[victim]?.cancelled() === true
      expect([taken, tokens]).toEqual([WORKERS - 1, 0])
      const waiting = isCancelled ? 0 : 1
      expect(condition.statistics().tasksWaiting).toBe(waiting)
      expect(condition.locked()).toBe(false)
      for (const task of tasks) task.cancel()
      yield* outcomesOf([...tasks, giver])
      expect([condition.locked(), condition.statistics().tasksWaiting]).toEqual([false, 0])
    })
  })
})
