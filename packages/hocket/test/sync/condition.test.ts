import { Condition, getRunningLoop, Lock, moveOnAfter, sleep, type Task } from 'hocket'
import { describe, expect, test } from 'vitest'
import { errorOf } from '../support/turns.ts'
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

const notHeld = expect.objectContaining({ name: 'RuntimeError', code: 'ERR_NOT_ACQUIRED' })

/** A task that waits for `condition` and notes in `log` how that ended, with the lock held. */
function waiter(spelling: Spelling, condition: Condition, name: string, log: string[]) {
  return spawn(spelling, function* () {
    yield condition.acquire()
    try {
      log.push(`${name} ${yield condition.wait()}`)
    } catch (error) {
      log.push(`${name} ${(error as Error).name}`)
      expect(condition.locked()).toBe(true)
      throw error
    } finally {
      condition.release()
    }
  })
}

describe.each(spellings)('Condition behind %s', (_name, spelling) => {
  test('wait() releases the lock, and has it again when it goes on', async () => {
    await play(spelling, function* () {
      const condition = new Condition()
      const waiting = spawn(spelling, function* () {
        yield condition.acquire()
        const result = yield condition.wait()
        return [result, condition.locked()]
      })
      yield sleep(0)
      expect([condition.locked(), condition.statistics().tasksWaiting]).toEqual([false, 1])
      yield condition.acquire()
      condition.notify()
      yield* turns(3)
      expect(outcomeOf(waiting)).toBe('pending')
      condition.release()
      expect(yield waiting).toEqual([true, true])
    })
  })

  test('notify(n) wakes the first n, in order; notifyAll() the rest', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const condition = new Condition()
      const tasks = ['a', 'b', 'c', 'd'].map((name) => waiter(spelling, condition, name, log))
      yield sleep(0)
      const seen: number[] = []
      for (const wake of [
        () => condition.notify(0),
        () => condition.notify(),
        () => condition.notify(2),
        () => condition.notifyAll(),
      ]) {
        yield condition.acquire()
        wake()
        condition.release()
        yield* turns(5)
        seen.push(log.length)
      }
      expect(seen).toEqual([0, 1, 3, 4])
      yield* outcomesOf(tasks)
    })
    expect(log).toEqual(['a true', 'b true', 'c true', 'd true'])
  })

  test('waitFor() waits until the predicate is truthy, and gives what it gave', async () => {
    await play(spelling, function* () {
      const condition = new Condition()
      let value = 0
      let asked = 0
      const waiting = spawn(spelling, function* () {
        yield condition.acquire()
        const before = iteration()
        expect(yield condition.waitFor(() => 'at once')).toBe('at once')
        expect(iteration()).toBe(before)
        const result = yield condition.waitFor(() => {
          asked += 1
          return value > 2 && `value ${value}`
        })
        condition.release()
        return result
      })
      for (let round = 0; round < 3; round += 1) {
        yield sleep(1)
        yield condition.acquire()
        value += 1
        condition.notify()
        condition.release()
      }
      expect(yield waiting).toBe('value 3')
      expect(asked).toBe(4)
    })
  })

  test('without the lock wait() and notify() are errors', async () => {
    await play(spelling, function* () {
      const condition = new Condition()
      expect(() => condition.notify()).toThrow(notHeld)
      expect(() => condition.notifyAll()).toThrow(notHeld)
      expect(() => condition.release()).toThrow(notHeld)
      for (const call of [() => condition.wait(), () => condition.waitFor(() => false)]) {
        try {
          yield call()
          expect.unreachable()
        } catch (error) {
          expect(error).toEqual(notHeld)
        }
      }
      expect([condition.locked(), condition.statistics().tasksWaiting]).toEqual([false, 0])
    })
  })

  // test_wait_cancel, test_wait_cancel_contested
  test('who is cancelled has the lock again before the error is thrown', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const condition = new Condition()
      const waiting = waiter(spelling, condition, 'a', log)
      yield sleep(0)
      yield condition.acquire()
      waiting.cancel()
      yield* turns(5)
      expect([outcomeOf(waiting), log]).toEqual(['pending', []])
      condition.release()
      expect(yield* outcomesOf([waiting])).toEqual(['cancelled'])
      expect([log, condition.locked()]).toEqual([['a CancelledError'], false])
    })
  })

  // test_wait_cancel_after_notify
  test('a notification that its receiver cannot use goes to the next', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const condition = new Condition()
      const tasks = ['a', 'b'].map((name) => waiter(spelling, condition, name, log))
      yield sleep(0)
      yield condition.acquire()
      condition.notify()
      tasks[0]?.cancel()
      condition.release()
      expect(yield* outcomesOf(tasks)).toEqual(['cancelled', undefined])
    })
    expect(log).toEqual(['a CancelledError', 'b true'])
  })

  // test_cancelled_wakeup_relock
  test('a cancellation while it acquires the lock again is thrown when it has it, the last one', async () => {
    const log: unknown[] = []
    await play(spelling, function* () {
      const condition = new Condition()
      const waiting: Task<unknown> = spawn(spelling, function* () {
        yield condition.acquire()
        try {
          yield condition.wait()
        } catch (error) {
          log.push((error as { reason?: unknown }).reason, condition.locked())
          throw error
        } finally {
          condition.release()
        }
      })
      yield sleep(0)
      yield condition.acquire()
      condition.notify()
      yield* turns(2)
      waiting.cancel('first')
      yield* turns(2)
      waiting.cancel('second')
      yield* turns(2)
      expect(outcomeOf(waiting)).toBe('pending')
      condition.release()
      expect(yield* outcomesOf([waiting])).toEqual(['cancelled'])
      expect([log, condition.locked()]).toEqual([['second', true], false])
    })
  })

  test('in a scope that is cancelled for good it waits for the lock, and does not spin', async () => {
    const times: number[] = []
    await play(spelling, function* () {
      const loop = getRunningLoop()
      const condition = new Condition()
      const holders = [1, 2].map((start) =>
        spawn(spelling, function* () {
          yield sleep(start)
          yield condition.acquire()
          yield sleep(50)
          condition.release()
        }),
      )
      yield moveOnAfter(
        10,
        () =>
          spelling(function* () {
            yield condition.acquire()
            try {
              yield condition.wait()
            } finally {
              times.push(loop.time())
              condition.release()
            }
          })() as never,
      )
      yield* outcomesOf(holders)
      expect(loop.statistics().iterations).toBeLessThan(60)
      expect(condition.locked()).toBe(false)
    })
    // Behind the second holder, who was in the queue before.
    expect(times).toEqual([101])
  })

  test('a guard from before the wait releases the lock after it', async () => {
    await play(spelling, function* () {
      const condition = new Condition()
      const waiting = spawn(spelling, function* () {
        const held = yield condition.acquire()
        const child = spawn(spelling, function* () {
          yield condition.wait()
        })
        yield child
        held.release()
      })
      yield* turns(3)
      const held = yield condition.acquire()
      condition.notify()
      held.release()
      yield waiting
      expect(condition.locked()).toBe(false)
    })
  })

  test('several may share a lock', async () => {
    const log: string[] = []
    await play(spelling, function* () {
      const lock = new Lock()
      const [full, empty] = [new Condition(lock), new Condition(lock)]
      const tasks = [waiter(spelling, full, 'full', log), waiter(spelling, empty, 'empty', log)]
      yield sleep(0)
      yield lock.acquire()
      expect([full.locked(), empty.statistics().lockStatistics.locked]).toEqual([true, true])
      empty.notifyAll()
      lock.release()
      yield* turns(5)
      expect(log).toEqual(['empty true'])
      yield full.acquire()
      full.notifyAll()
      empty.release()
      yield* outcomesOf(tasks)
    })
    expect(log).toEqual(['empty true', 'full true'])
  })

  test('it is bound to the loop of who waits first, and keeps its lock on an error', async () => {
    const condition = new Condition()
    const log: string[] = []
    await play(spelling, function* () {
      const waiting = waiter(spelling, condition, 'a', log)
      yield sleep(0)
      yield condition.acquire()
      condition.notify()
      condition.release()
      yield waiting
    })
    const error = await errorOf(
      play(spelling, function* () {
        yield condition.acquire()
        yield condition.wait()
      }),
    )
    expect(error).toMatchObject({ code: 'ERR_OTHER_LOOP' })
    expect(condition.locked()).toBe(true)
  })
})

test('bad input', () => {
  expect(() => new Condition({ acquire() {} } as never)).toThrow(TypeError)
  const condition = new Condition()
  condition.acquireNowait()
  expect(() => condition.notify('1' as never)).toThrow(TypeError)
  expect(() => condition.acquireNowait()).toThrow(expect.objectContaining({ name: 'WouldBlock' }))
  expect(String(condition)).toBe('<Condition locked>')
})
