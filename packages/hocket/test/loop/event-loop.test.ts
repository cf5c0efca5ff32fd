import { Context, ContextVar, coroutine, EventLoop, Handle, sleep, TimerHandle } from 'hocket'
import { describe, expect, test } from 'vitest'
import { ManualHost } from '../support/manual-host.ts'

function start() {
  const host = new ManualHost()
  const loop = new EventLoop({ host })
  void loop.runForever()
  const log: unknown[] = []
  return { host, loop, log, push: (...values: unknown[]) => log.push(...values) }
}

describe('callSoon', () => {
  test('calls nothing at once, then in order, with the arguments', () => {
    const { host, loop, log, push } = start()
    loop.callSoon(push, 1, 2)
    loop.callSoonThreadsafe(push, 3)
    expect(log).toEqual([])
    host.turn()
    expect(log).toEqual([1, 2, 3])
  })

  test('what a callback adds runs in the next iteration', () => {
    const { host, loop, log } = start()
    const note = (name: string) => log.push([name, loop.statistics().iterations])
    loop.callSoon(() => {
      note('first')
      loop.callSoon(note, 'added')
    })
    loop.callSoon(note, 'second')
    host.turn()
    expect(log).toEqual([
      ['first', 1],
      ['second', 1],
      ['added', 2],
    ])
  })

  test('a cancelled handle is not called', () => {
    const { host, loop, log, push } = start()
    const handle = loop.callSoon(push, 1)
    expect(handle).toBeInstanceOf(Handle)
    expect(handle.cancelled()).toBe(false)
    handle.cancel()
    handle.cancel()
    expect(handle.cancelled()).toBe(true)
    host.turn()
    expect(log).toEqual([])
  })

  test('cancelling what has run changes nothing', () => {
    const { host, loop, log, push } = start()
    const handle = loop.callSoon(push, 1)
    host.turn()
    handle.cancel()
    host.turn()
    expect(log).toEqual([1])
  })

  test('one callback cancels another of its iteration', () => {
    const { host, loop, log, push } = start()
    loop.callSoon(() => second.cancel())
    const second = loop.callSoon(push, 'second')
    loop.callSoon(push, 'third')
    host.turn()
    expect(log).toEqual(['third'])
  })

  test('runs in a copy of the context it was asked for in', () => {
    const { host, loop, log } = start()
    const user = new ContextVar<string>('user', { default: 'nobody' })
    const handle = new Context().run(() => {
      user.set('ada')
      const made = loop.callSoon(() => {
        log.push(user.get())
        user.set('changed')
      })
      user.set('bob')
      return made
    })
    host.turn()
    expect(log).toEqual(['ada'])
    expect(handle.getContext().get(user)).toBe('changed')
    expect(user.get()).toBe('nobody')
  })
})

describe('what can be called', () => {
  const wrong: [unknown, string][] = [
    [undefined, 'undefined'],
    [null, 'null'],
    ['text', 'a string'],
    [{}, 'an Object'],
    [Object.create(null), 'an Object'],
    [[1], 'an Array'],
    [5n, 'a bigint'],
    [Promise.resolve(), 'a Promise: start a coroutine by createTask() instead'],
  ]

  test.each(wrong)('%o is refused by each method', (value, got) => {
    const { loop } = start()
    const callback = value as () => void
    const future = loop.createFuture()
    const calls = [
      () => loop.callSoon(callback),
      () => loop.callAt(1, callback),
      () => loop.callLater(1, callback),
      () => future.addDoneCallback(callback),
    ]
    for (const call of calls) {
      expect(call).toThrow(TypeError)
      expect(call).toThrow(`expected a function to call, got ${got}`)
    }
    expect(loop.statistics()).toEqual({ iterations: 0, ready: 0, timers: 0, foreign: 0 })
  })

  test('a coroutine is refused with the hint at createTask', () => {
    const { loop } = start()
    const call = coroutine(async () => await sleep(1))()
    expect(() => loop.callSoon(call as never)).toThrow(/start a coroutine by createTask\(\)/)
    call.close()
  })
})

describe('times', () => {
  test('NaN is refused, and says where to look', () => {
    const { loop } = start()
    const noop = () => {}
    expect(() => loop.callLater(Number.NaN, noop)).toThrow(
      new RangeError(
        'callLater expected a delay in ms, got NaN: check the arithmetic it came from',
      ),
    )
    expect(() => loop.callAt(Number.NaN, noop)).toThrow(/^callAt expected a time in ms, got NaN/)
  })

  test.each([
    ['5', 'a string'],
    [undefined, 'undefined'],
    [5n, 'a bigint'],
    [new Date(0), 'a Date'],
  ])('%o is refused', (value, got) => {
    const { loop } = start()
    const noop = () => {}
    expect(() => loop.callLater(value as never, noop)).toThrow(
      new TypeError(`callLater expected a delay in ms as a number, got ${got}`),
    )
    expect(() => loop.callAt(value as never, noop)).toThrow(
      new TypeError(`callAt expected a time in ms as a number, got ${got}`),
    )
    expect(loop.statistics().timers).toBe(0)
  })

  test('when() is the deadline on the loop’s clock', () => {
    const { host, loop } = start()
    host.time = 100
    const later = loop.callLater(5.5, () => {})
    expect(later).toBeInstanceOf(TimerHandle)
    expect([later.when(), loop.callAt(7, () => {}).when(), loop.time()]).toEqual([105.5, 7, 100])
  })
})

describe('a closed loop', () => {
  const calls: [string, (loop: EventLoop) => unknown][] = [
    ['callSoon', (loop) => loop.callSoon(() => {})],
    ['callSoonThreadsafe', (loop) => loop.callSoonThreadsafe(() => {})],
    ['callLater', (loop) => loop.callLater(1, () => {})],
    ['callAt', (loop) => loop.callAt(1, () => {})],
    ['createTask', (loop) => loop.createTask(async () => {})],
    ['runForever', (loop) => loop.runForever()],
  ]

  test.each(calls)('refuses %s', (_name, call) => {
    const loop = new EventLoop({ host: new ManualHost() })
    loop.close()
    expect(() => call(loop)).toThrow(expect.objectContaining({ code: 'ERR_LOOP_CLOSED' }))
    expect(() => call(loop)).toThrow('the event loop is closed: use one that is running')
  })

  test('rejects runUntilComplete', async () => {
    const loop = new EventLoop({ host: new ManualHost() })
    loop.close()
    const ended = loop.runUntilComplete(loop.createFuture())
    await expect(ended).rejects.toMatchObject({ code: 'ERR_LOOP_CLOSED' })
  })
})

test('a future of the loop knows its loop', () => {
  const { loop } = start()
  expect(loop.createFuture().getLoop() === loop).toBe(true)
})

test('statistics are frozen counts', () => {
  const { host, loop } = start()
  loop.callSoon(() => {})
  loop.callLater(1, () => {})
  const before = loop.statistics()
  expect(Object.isFrozen(before)).toBe(true)
  host.turn()
  expect(before).toEqual({ iterations: 0, ready: 1, timers: 1, foreign: 0 })
  expect(loop.statistics()).toEqual({ iterations: 1, ready: 0, timers: 1, foreign: 0 })
})

test('handles are shown with the name of their function', () => {
  const { loop } = start()
  function announce() {}
  const handle = loop.callSoon(announce)
  expect(String(handle)).toBe('<Handle announce>')
  expect(String(loop.callLater(1, announce))).toBe('<TimerHandle announce>')
  expect(String(loop.callSoon(() => {}))).toBe('<Handle <anonymous>>')
  handle.cancel()
  expect(String(handle)).toBe('<Handle cancelled>')
})

test.each(['setTaskFactory', 'setExceptionHandler'] as const)(
  '%s takes a function or null',
  (method) => {
    const { loop } = start()
    expect(() => loop[method]('text' as never)).toThrow(
      new TypeError(`${method} expected a function or null, got string`),
    )
    expect(() => loop[method](undefined as never)).toThrow(TypeError)
    loop[method](null)
    expect([loop.getTaskFactory(), loop.getExceptionHandler()]).toEqual([null, null])
  },
)
