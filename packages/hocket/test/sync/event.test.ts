import { Event, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/turns.ts'
import { iteration, outcomeOf, outcomesOf, play, spawn, spellings } from './both.ts'

describe.each(spellings)('Event behind %s', (_name, spelling) => {
  test('wait() of a set one gives true without a suspension', async () => {
    await play(spelling, function* () {
      const event = new Event()
      event.set()
      const before = iteration()
      expect(yield event.wait()).toBe(true)
      expect([iteration(), event.isSet()]).toEqual([before, true])
    })
  })

  test('set() wakes all, in order, in the next iteration', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const event = new Event()
      const tasks = ['a', 'b', 'c'].map((name) =>
        spawn(spelling, function* () {
          log.push(`${name} ${yield event.wait()}`)
        }),
      )
      yield sleep(0)
      event.set()
      expect(log).toEqual([])
      yield sleep(0)
      expect(log).toEqual(['a true', 'b true', 'c true'])
      yield* outcomesOf(tasks)
    })
  })

  // test_clear_with_waiters
  test('who was woken goes on although the flag is cleared; who comes then waits', async () => {
    await play(spelling, function* () {
      const event = new Event()
      const first = spawn(spelling, function* () {
        return yield event.wait()
      })
      yield sleep(0)
      event.set()
      event.clear()
      const second = spawn(spelling, function* () {
        return yield event.wait()
      })
      yield sleep(1)
      expect([outcomeOf(first), outcomeOf(second), event.isSet()]).toEqual([true, 'pending', false])
      event.set()
      event.set()
      expect(yield* outcomesOf([second])).toEqual([true])
    })
  })

  test('a cancelled waiter leaves, also in the step of set()', async () => {
    await play(spelling, function* () {
      const event = new Event()
      const tasks = [1, 2, 3].map(() =>
        spawn(spelling, function* () {
          return yield event.wait()
        }),
      )
      yield sleep(0)
      expect(event.statistics()).toEqual({ tasksWaiting: 3 })
      tasks[0]?.cancel()
      event.set()
      tasks[1]?.cancel()
      expect(yield* outcomesOf(tasks)).toEqual(['cancelled', 'cancelled', true])
      expect(event.statistics()).toEqual({ tasksWaiting: 0 })
    })
  })

  test('it is bound to a loop by the first who has to wait', async () => {
    const event = new Event()
    const wait = () =>
      play(spelling, function* () {
        const waiting = spawn(spelling, function* () {
          return yield event.wait()
        })
        yield sleep(0)
        event.set()
        return yield waiting
      })
    expect(await wait()).toBe(true)
    expect(await wait()).toBe(true)
    event.clear()
    const error = await errorOf(wait())
    expect(error).toMatchObject({ code: 'ERR_OTHER_LOOP' })
    expect(error.message).toMatch(/^<Event unset> is bound to a different event loop/)
  })
})

test('it shows its state', async () => {
  const event = new Event()
  expect(String(event)).toBe('<Event unset>')
  event.set()
  expect(String(event)).toBe('<Event set>')
  expect(Object.isFrozen(event.statistics())).toBe(true)
})
