import {
  CancelledError,
  createTask,
  Future,
  getRunningLoop,
  InvalidStateError,
  isFuture,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'

const pending = () => virtualLoop().createFuture<number>()

function fulfilled(value: unknown) {
  const future = virtualLoop().createFuture<unknown>()
  future.setResult(value)
  return future
}

function rejected(error: unknown) {
  const future = pending()
  future.setException(error)
  return future
}

function cancelled(reason?: unknown) {
  const future = pending()
  future.cancel(reason)
  return future
}

describe('a pending future', () => {
  test('is neither done nor cancelled, and has no result', () => {
    const future = pending()
    expect([future.done(), future.cancelled()]).toEqual([false, false])
    const message = 'the result is not there yet: await the future, or ask done() first'
    expect(() => future.result()).toThrow(new InvalidStateError(message))
    expect(() => future.exception()).toThrow(new InvalidStateError(message))
  })
})

describe('a future with a result', () => {
  test('gives it, and null as the exception', () => {
    const future = fulfilled(7)
    expect([future.done(), future.cancelled(), future.result(), future.exception()]).toEqual([
      true,
      false,
      7,
      null,
    ])
  })

  test('may have undefined as the result', () => {
    const future = virtualLoop().createFuture<void>()
    future.setResult()
    expect([future.done(), future.result()]).toEqual([true, undefined])
  })

  test('keeps it, whatever is tried', () => {
    const future = fulfilled(7)
    const message = (method: string) => `${method}: the future is done already`
    expect(() => future.setResult(8)).toThrow(InvalidStateError)
    expect(() => future.setResult(8)).toThrow(message('setResult'))
    expect(() => future.setException(new Error('x'))).toThrow(message('setException'))
    expect(future.cancel()).toBe(false)
    expect(future.result()).toBe(7)
  })
})

describe('a future with an exception', () => {
  test('gives it from exception(), and throws it from result()', () => {
    const error = new RangeError('failed')
    const future = rejected(error)
    expect([future.done(), future.cancelled()]).toEqual([true, false])
    expect(future.exception()).toBe(error)
    expect(() => future.result()).toThrow(error)
    expect(future.cancel()).toBe(false)
    expect(() => future.setResult(1)).toThrow(InvalidStateError)
  })

  test.each([undefined, null, 'text', 0])('may have %o as the exception', async (value) => {
    const future = rejected(value)
    expect(future.exception()).toBe(value)
    let thrown: unknown = 'nothing'
    try {
      await future
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBe(value)
  })

  test('refuses a class in place of an error', () => {
    const future = pending()
    expect(() => future.setException(RangeError)).toThrow(
      new TypeError(
        'setException expected an error, got the class or function RangeError: make an instance of it',
      ),
    )
    expect(future.done()).toBe(false)
  })
})

describe('a cancelled future', () => {
  test('throws a CancelledError with the reason, from everything', async () => {
    const future = cancelled('no time')
    expect([future.done(), future.cancelled()]).toEqual([true, true])
    expect(() => future.result()).toThrow(CancelledError)
    expect(() => future.exception()).toThrow(CancelledError)
    expect(await errorOf(future)).toMatchObject({ reason: 'no time', by: undefined })
  })

  test('can be neither cancelled again nor given a result', () => {
    const future = cancelled('first')
    expect(future.cancel('second')).toBe(false)
    expect(() => future.setResult(1)).toThrow(InvalidStateError)
    expect(() => future.result()).toThrow(expect.objectContaining({ reason: 'first' }))
  })

  test('says who cancelled it', async () => {
    const by = await runVirtual(async () => {
      const future = getRunningLoop().createFuture<void>()
      const canceller = createTask(async () => future.cancel('enough'), { name: 'canceller' })
      const error = await errorOf(future)
      await canceller
      return (error as CancelledError).by?.getName()
    })
    expect(by).toBe('canceller')
  })
})

describe('awaiting', () => {
  const endings = [
    ['a result', (future: Future<number>) => future.setResult(7), 7],
    ['an exception', (future: Future<number>) => future.setException(new RangeError('no')), 'no'],
    ['a cancellation', (future: Future<number>) => future.cancel('why'), 'why'],
  ] as const

  test.each(endings)(
    '%s arrives in both spellings, before and after',
    async (_name, end, gives) => {
      const outcomes = await runVirtual(async () => {
        const future = getRunningLoop().createFuture<number>()
        const native = async () => {
          try {
            return await future
          } catch (error) {
            return (error as Error).message
          }
        }
        const generated = function* () {
          try {
            return yield* future
          } catch (error) {
            return (error as Error).message
          }
        }
        const before = [createTask(native), createTask(generated)]
        await sleep(1)
        end(future)
        const after = [createTask(native), createTask(generated)]
        const outcomes: unknown[] = []
        for (const task of [...before, ...after]) outcomes.push(await task)
        return outcomes
      })
      expect(outcomes).toEqual([gives, gives, gives, gives])
    },
  )

  test('one that is done costs no iteration, in either spelling', async () => {
    const counts = await runVirtual(async () => {
      const loop = getRunningLoop()
      const future = loop.createFuture<number>()
      future.setResult(1)
      const before = loop.statistics().iterations
      await future
      await future
      const native = loop.statistics().iterations - before
      const generated = createTask(function* () {
        const begun = loop.statistics().iterations
        yield* future
        yield* future
        return loop.statistics().iterations - begun
      })
      return [native, await generated]
    })
    expect(counts).toEqual([0, 0])
  })

  test('the same error object arrives each time', async () => {
    const future = rejected(new RangeError('failed'))
    expect(await errorOf(future)).toBe(await errorOf(future))
    expect(future.exception()).toBe(await errorOf(future))
  })

  test('works outside any task, before and after', async () => {
    const loop = virtualLoop()
    const future = loop.createFuture<string>()
    const waiting = (async () => await future)()
    loop.callLater(5, () => future.setResult('there'))
    await loop.runUntilComplete(future)
    expect([await waiting, await future]).toEqual(['there', 'there'])
  })
})

describe('what it is', () => {
  test('new Future() belongs to the loop it is given, or to the running one', async () => {
    const loop = virtualLoop()
    expect(new Future({ loop }).getLoop() === loop).toBe(true)
    const isRunning = await runVirtual(async () => new Future().getLoop() === getRunningLoop())
    expect(isRunning).toBe(true)
  })

  test('isFuture knows futures and tasks from other awaitables', async () => {
    const task = await runVirtual(async () => {
      const task = createTask(async () => {})
      await task
      return [isFuture(task), task instanceof Future]
    })
    expect(task).toEqual([true, true])
    expect(isFuture(pending())).toBe(true)
    const others = [Promise.resolve(), null, undefined, {}, sleep]
    expect(others.map((value) => isFuture(value))).toEqual(others.map(() => false))
  })

  test('it is shown with its state', () => {
    class Bag {}
    const shown = [pending(), fulfilled(7), cancelled(), rejected(new RangeError('failed'))].map(
      String,
    )
    const result = (value: unknown) => String(fulfilled(value))
    expect(shown).toEqual([
      '<Future pending>',
      '<Future finished result=7>',
      '<Future cancelled>',
      '<Future finished exception=RangeError: failed>',
    ])
    expect([result('text'), result(null), result(undefined), result(new Bag())]).toEqual([
      "<Future finished result='text'>",
      '<Future finished result=null>',
      '<Future finished result=undefined>',
      '<Future finished result=Bag>',
    ])
  })
})
