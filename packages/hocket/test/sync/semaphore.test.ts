import { type Acquired, BoundedSemaphore, Semaphore, sleep } from 'hocket'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/turns.ts'
import { iteration, outcomeOf, outcomesOf, play, spawn, spellings, turns } from './both.ts'

const kinds = [Semaphore, BoundedSemaphore]

describe.each(spellings)('Semaphore behind %s', (_name, spelling) => {
  test.each(kinds)(
    '%o: units are had without a suspension as long as there are any',
    async (Kind) => {
      await play(spelling, function* () {
        const semaphore = new Kind(2)
        const before = iteration()
        expect(semaphore.locked()).toBe(false)
        yield semaphore.acquire()
        expect(semaphore.locked()).toBe(false)
        yield semaphore.acquire()
        expect([semaphore.locked(), iteration()]).toEqual([true, before])
        semaphore.release()
        expect(semaphore.locked()).toBe(false)
      })
    },
  )

  test('a unit goes to the first who waits, in the iteration after the release', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const semaphore = new Semaphore(0)
      const tasks = ['a', 'b', 'c'].map((name) =>
        spawn(spelling, function* () {
          yield semaphore.acquire()
          log.push(name)
        }),
      )
      yield* turns(2)
      semaphore.release()
      expect([log.length, semaphore.locked(), String(semaphore)]).toEqual([
        0,
        true,
        '<Semaphore value=0, 2 waiting>',
      ])
      yield sleep(0)
      expect(log).toEqual(['a'])
      semaphore.release()
      semaphore.release()
      yield sleep(0)
      expect(log).toEqual(['a', 'b', 'c'])
      yield* outcomesOf(tasks)
    })
  })

  // test_acquire_fifo_order, _2, _3: nobody overtakes who was woken and has not gone on.
  test('it is locked to newcomers while somebody who was woken has not gone on', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const semaphore = new Semaphore(1)
      yield semaphore.acquire()
      const waiting = spawn(spelling, function* () {
        yield semaphore.acquire()
        log.push('waiting')
      })
      yield sleep(0)
      semaphore.release()
      semaphore.release()
      expect(semaphore.locked()).toBe(true)
      expect(() => semaphore.acquireNowait()).toThrow(
        expect.objectContaining({ code: 'ERR_WOULD_BLOCK' }),
      )
      yield semaphore.acquire()
      log.push('newcomer')
      yield waiting
    })
    expect(log).toEqual(['waiting', 'newcomer'])
  })

  // test_acquire_fifo_order_4: units that are left over reach those who queued up meanwhile.
  test('a newcomer behind who was woken is not forgotten', async () => {
    await play(spelling, function* () {
      const semaphore = new Semaphore(0)
      const tasks = [1, 2].map(() =>
        spawn(spelling, function* () {
          yield semaphore.acquire()
          return 'got'
        }),
      )
      yield sleep(0)
      semaphore.release()
      tasks[0]?.cancel()
      semaphore.release()
      const late = spawn(spelling, function* () {
        yield semaphore.acquire()
        return 'got'
      })
      expect(yield* outcomesOf([...tasks, late])).toEqual(['cancelled', 'got', 'got'])
      expect(semaphore.locked()).toBe(true)
    })
  })

  // test_acquire_hang
  test('a waiter that is cancelled in the step of the release passes its unit on', async () => {
    await play(spelling, function* () {
      const semaphore = new Semaphore(1)
      yield semaphore.acquire()
      const [first, second] = [1, 2].map(() =>
        spawn(spelling, function* () {
          yield semaphore.acquire()
          semaphore.release()
          return 'got'
        }),
      ) as [ReturnType<typeof spawn>, ReturnType<typeof spawn>]
      yield sleep(0)
      semaphore.release()
      first.cancel()
      yield* turns(3)
      expect([outcomeOf(first), outcomeOf(second), semaphore.locked()]).toEqual([
        'cancelled',
        'got',
        false,
      ])
    })
  })

  // test_acquire_no_hang
  test('a waiter that is cancelled before the release takes nothing', async () => {
    await play(spelling, function* () {
      const semaphore = new Semaphore(1)
      yield semaphore.acquire()
      const waiting = spawn(spelling, function* () {
        yield semaphore.acquire()
      })
      yield sleep(0)
      waiting.cancel()
      semaphore.release()
      expect(yield* outcomesOf([waiting])).toEqual(['cancelled'])
      expect([semaphore.locked(), semaphore.statistics()]).toEqual([false, { tasksWaiting: 0 }])
    })
  })

  test('the guard releases its unit once', async () => {
    await play(spelling, function* () {
      const semaphore = new Semaphore(2)
      const unit: Acquired = yield semaphore.acquire()
      yield semaphore.acquire()
      unit.release()
      unit.release()
      unit[Symbol.dispose]()
      yield semaphore.acquire()
      expect(semaphore.locked()).toBe(true)
    })
  })

  test('it is bound to a loop by the first who has to wait', async () => {
    const semaphore = new Semaphore(0)
    const wait = () =>
      play(spelling, function* () {
        const waiting = spawn(spelling, function* () {
          yield semaphore.acquire()
        })
        yield sleep(0)
        semaphore.release()
        yield waiting
      })
    await wait()
    expect(await errorOf(wait())).toMatchObject({ code: 'ERR_OTHER_LOOP' })
  })
})

describe('bad input', () => {
  test.each([-1, 1.5, Number.NaN, Infinity])('a value of %d', (value) => {
    for (const Kind of kinds) expect(() => new Kind(value)).toThrow(RangeError)
  })

  test('a value that is no number', () => {
    expect(() => new Semaphore('2' as never)).toThrow(
      new TypeError("the value of a Semaphore must be a whole number, got the string '2'"),
    )
    expect(() => new Semaphore(null as never)).toThrow(TypeError)
  })

  test('releasing a bounded one more often than it was acquired', () => {
    const semaphore = new BoundedSemaphore(1)
    const unit = semaphore.acquireNowait()
    unit.release()
    expect(() => semaphore.release()).toThrow(
      new RangeError('<BoundedSemaphore value=1> was released too many times: it began with 1'),
    )
    expect(() => new Semaphore(1).release()).not.toThrow()
  })
})
