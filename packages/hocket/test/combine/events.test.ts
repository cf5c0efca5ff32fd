import { EventEmitter } from 'node:events'
import { Socket } from 'node:net'
import { createInterface } from 'node:readline'
import { PassThrough } from 'node:stream'
import {
  CancelledError,
  createTask,
  type EventSource,
  getRunningLoop,
  on,
  once,
  QueueFull,
  runSync,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { spellings } from '../streams/support.ts'
import { collectReports, runVirtual, virtualLoop } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

/** A target that counts its listeners. */
class Counted extends EventTarget {
  count = 0
  override addEventListener(...args: Parameters<EventTarget['addEventListener']>): void {
    this.count += 1
    super.addEventListener(...args)
  }
  override removeEventListener(...args: Parameters<EventTarget['removeEventListener']>): void {
    this.count -= 1
    super.removeEventListener(...args)
  }
}

/** The same of a signal. */
function countedSignal() {
  const controller = new AbortController()
  const { signal } = controller
  let count = 0
  const add = signal.addEventListener.bind(signal)
  const remove = signal.removeEventListener.bind(signal)
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    count += 1
    add(...args)
  }
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    count -= 1
    remove(...args)
  }
  return { signal, abort: (reason: unknown) => controller.abort(reason), count: () => count }
}

const listeners = (emitter: EventEmitter): number =>
  emitter.eventNames().reduce((count, name) => count + emitter.listenerCount(name), 0)

describe.each(spellings)('once behind %s', (_name, via) => {
  test('gives the arguments of the next event of an emitter', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const task = createTask(via(() => once(emitter, 'data')))
      await sleep(0)
      emitter.emit('other', 0)
      emitter.emit('data', 1, 'two')
      emitter.emit('data', 3)
      return [await task, listeners(emitter)]
    })
    expect(found).toEqual([[1, 'two'], 0])
  })

  test('gives the event of an EventTarget', async () => {
    const found = await runVirtual(async () => {
      const target = new Counted()
      const task = createTask(via(() => once<[CustomEvent]>(target, 'open')))
      await sleep(0)
      const event = new CustomEvent('open', { detail: 7 })
      target.dispatchEvent(event)
      return [(await task)[0] === event, target.count]
    })
    expect(found).toEqual([true, 0])
  })

  test('an error event is what it throws', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const task = createTask(via(() => once(emitter, 'data')))
      await sleep(0)
      emitter.emit('error', new RangeError('why'))
      return [await errorOf(task), listeners(emitter)]
    })
    expect(found).toEqual([new RangeError('why'), 0])
  })

  test('unless that is the event asked for', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const task = createTask(via(() => once(emitter, 'error')))
      await sleep(0)
      emitter.emit('error', new RangeError('why'))
      return [await task, listeners(emitter)]
    })
    expect(found).toEqual([[new RangeError('why')], 0])
  })

  test('a cancellation removes the listeners', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const { signal, count } = countedSignal()
      const task = createTask(via(() => once(emitter, 'data', { signal })))
      await sleep(0)
      const before = [listeners(emitter), count()]
      task.cancel()
      const error = await errorOf(task)
      return [before, error instanceof CancelledError, listeners(emitter), count()]
    })
    expect(found).toEqual([[2, 1], true, 0, 0])
  })

  test('aborting ends it with the reason', async () => {
    const found = await runVirtual(async () => {
      const target = new Counted()
      const { signal, abort, count } = countedSignal()
      const task = createTask(via(() => once(target, 'open', { signal })))
      await sleep(0)
      abort(new RangeError('enough'))
      const error = await errorOf(task)
      return [
        error,
        target.count,
        count(),
        await errorOf(createTask(via(() => once(target, 'open', { signal })))),
        target.count,
      ]
    })
    expect(found).toEqual([new RangeError('enough'), 0, 0, new RangeError('enough'), 0])
  })
})

test('the targets of the platform are accepted by their types', async () => {
  await runVirtual(async () => {
    const { port1, port2 } = new MessageChannel()
    const typed = new EventEmitter<{ data: [string] }>()
    const targets: EventSource[] = [
      new AbortController().signal,
      port1,
      typed,
      new PassThrough(),
      new Socket(),
      process,
      createInterface({ input: new PassThrough() }),
    ]
    for (const target of targets) expect(once(target, 'x').cancel()).toBe(true)
    port1.close()
    port2.close()
  })
})

describe('once', () => {
  test('listens from the call on', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const next = once(emitter, 'data')
      emitter.emit('data', 'early')
      return await next
    })
    expect(found).toEqual(['early'])
  })

  test('symbols are names too', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const name = Symbol('name')
      const next = once(emitter, name)
      emitter.emit(name, 1)
      return await next
    })
    expect(found).toEqual([1])
  })

  test('who waits is resumed in the next iteration, not by the emitter', async () => {
    const log = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const found: string[] = []
      createTask(async () => {
        await once(emitter, 'data')
        found.push('task')
      })
      await sleep(0)
      emitter.emit('data')
      found.push('emitted')
      await sleep(0)
      return found
    })
    expect(log).toEqual(['emitted', 'task'])
  })

  test('does not hold a virtual clock', async () => {
    const time = await runVirtual(async () => {
      const target = new EventTarget()
      getRunningLoop().callLater(3_000, () => target.dispatchEvent(new CustomEvent('open')))
      await once(target, 'open')
      return getRunningLoop().time()
    })
    expect(time).toBe(3_000)
  })

  test('an event after the end of the loop is nobody’s', async () => {
    const emitter = new EventEmitter()
    await runVirtual(async () => {
      void once(emitter, 'data')
    })
    expect(() => emitter.emit('data')).not.toThrow()
    expect(listeners(emitter)).toBe(0)
  })

  test.each([null, undefined, 5, {}, new Map()])('%o is no target', async (target) => {
    await runVirtual(async () => {
      expect(() => once(target as never, 'x')).toThrow(/expected an EventEmitter or an EventTarget/)
      expect(() => on(target as never, 'x')).toThrow(/expected an EventEmitter or an EventTarget/)
    })
  })
})

const kinds: [string, () => EventSource & { fire: (...args: unknown[]) => void }][] = [
  [
    'an EventEmitter',
    () => {
      const emitter = new EventEmitter()
      return Object.assign(emitter, {
        fire: (...args: unknown[]) => void emitter.emit('tick', ...args),
      })
    },
  ],
  [
    'an EventTarget',
    () => {
      const target = new EventTarget()
      return Object.assign(target, {
        fire: (detail: unknown) => void target.dispatchEvent(new CustomEvent('tick', { detail })),
      })
    },
  ],
]

describe.each(kinds)('on %s', (_name, make) => {
  const detailOf = ([given]: unknown[]) => (given instanceof CustomEvent ? given.detail : given)

  test('gives each event in its order, queued or awaited', async () => {
    const found = await runVirtual(async () => {
      const target = make()
      const seen: unknown[] = []
      const ticks = on(target, 'tick')
      target.fire(1)
      target.fire(2)
      getRunningLoop().callLater(5, target.fire, 3)
      for await (const args of ticks) {
        seen.push(detailOf(args))
        if (seen.length === 3) break
      }
      target.fire(4)
      return [...seen, (await ticks.next()).done]
    })
    expect(found).toEqual([1, 2, 3, true])
  })

  test('the same in a generator', () => {
    const found = runSync(function* () {
      const target = make()
      const ticks = on(target, 'tick')
      const seen: unknown[] = []
      target.fire(1)
      getRunningLoop().callSoon(target.fire, 2)
      for (let n = 0; n < 2; n += 1) {
        const { value } = yield* ticks.next()
        seen.push(detailOf(value as unknown[]))
      }
      yield* ticks.return()
      return [...seen, (yield* ticks.next()).done]
    })
    expect(found).toEqual([1, 2, true])
  })

  test('several that wait are served in their order', async () => {
    const found = await runVirtual(async () => {
      const target = make()
      const ticks = on(target, 'tick')
      const tasks = [1, 2, 3].map(() => createTask(ticks.next()))
      await sleep(0)
      for (const n of [1, 2]) target.fire(n)
      await sleep(0)
      await ticks.return()
      const results: unknown[] = []
      for (const task of tasks) {
        const { done, value } = await task
        results.push(done === true ? 'done' : detailOf(value))
      }
      return results
    })
    expect(found).toEqual([1, 2, 'done'])
  })
})

describe('on', () => {
  test.each([
    ['return', 'done'],
    ['throw', 'RangeError'],
    ['dispose', 'done'],
    ['asyncDispose', 'done'],
  ])('%s removes the listeners and drops what is queued', async (how, outcome) => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const { signal, count } = countedSignal()
      const ticks = on(emitter, 'tick', { signal, close: ['end'] })
      const before = [listeners(emitter), count()]
      emitter.emit('tick')
      let ended = 'done'
      if (how === 'return') await ticks.return()
      else if (how === 'throw') ended = (await errorOf(ticks.throw(new RangeError('x')))).name
      else if (how === 'dispose') ticks[Symbol.dispose]()
      else await ticks[Symbol.asyncDispose]()
      return [before, ended, listeners(emitter), count(), (await ticks.next()).done]
    })
    expect(found).toEqual([[3, 1], outcome, 0, 0, true])
  })

  test('close events end it once what is queued is taken', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const seen: unknown[] = []
      const ticks = on(emitter, 'tick', { close: ['end', 'close'] })
      for (const name of ['tick', 'tick', 'close', 'tick', 'end']) emitter.emit(name, name)
      for await (const [name] of ticks) seen.push(name)
      return [seen, listeners(emitter)]
    })
    expect(found).toEqual([['tick', 'tick'], 0])
  })

  test('an error event fails it once what is queued is taken, and once only', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const ticks = on(emitter, 'tick')
      emitter.emit('tick', 1)
      emitter.emit('error', new RangeError('why'))
      const first = await ticks.next()
      return [
        first.value,
        await errorOf(ticks.next()),
        (await ticks.next()).done,
        listeners(emitter),
      ]
    })
    expect(found).toEqual([[1], new RangeError('why'), true, 0])
  })

  test('an error event while somebody waits', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const ticks = on(emitter, 'tick')
      const waiting = [createTask(ticks.next()), createTask(ticks.next())]
      await sleep(0)
      emitter.emit('error', new RangeError('why'))
      return [await errorOf(waiting[0] as PromiseLike<unknown>), (await waiting[1])?.done]
    })
    expect(found).toEqual([new RangeError('why'), true])
  })

  test('error events themselves can be taken', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const errors = on(emitter, 'error')
      emitter.emit('error', new RangeError('why'))
      emitter.emit('error', new RangeError('again'))
      return [(await errors.next()).value, (await errors.next()).value]
    })
    expect(found).toEqual([[new RangeError('why')], [new RangeError('again')]])
  })

  test('aborting fails it with the reason, also in advance', async () => {
    const found = await runVirtual(async () => {
      const target = new Counted()
      const { signal, abort, count } = countedSignal()
      const ticks = on(target, 'tick', { signal })
      const waiting = createTask(ticks.next())
      await sleep(0)
      abort(new RangeError('enough'))
      const late = on(target, 'tick', { signal })
      return [
        await errorOf(waiting),
        await errorOf(late.next()),
        (await late.next()).done,
        target.count,
        count(),
      ]
    })
    expect(found).toEqual([new RangeError('enough'), new RangeError('enough'), true, 0, 0])
  })

  test.each(spellings)('a cancelled next() ends it, behind %s', async (_name, via) => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const ticks = on(emitter, 'tick')
      const task = createTask(via(() => ticks.next()))
      await sleep(0)
      task.cancel()
      const error = await errorOf(task)
      return [error instanceof CancelledError, listeners(emitter), (await ticks.next()).done]
    })
    expect(found).toEqual([true, 0, true])
  })

  test('a cancelled for await leaves no listener behind', async () => {
    const count = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const task = createTask(async () => {
        for await (const _args of on(emitter, 'tick'));
      })
      await sleep(1)
      emitter.emit('tick')
      await sleep(1)
      task.cancel()
      await errorOf(task)
      return listeners(emitter)
    })
    expect(count).toBe(0)
  })

  test('too many events for a target that cannot pause are an error', async () => {
    const found = await runVirtual(async () => {
      const emitter = new EventEmitter()
      const ticks = on(emitter, 'tick', { maxsize: 2 })
      for (const n of [1, 2, 3, 4]) emitter.emit('tick', n)
      const seen: unknown[] = []
      for (let n = 0; n < 3; n += 1) seen.push((await ticks.next()).value)
      return [...seen, await errorOf(ticks.next()), (await ticks.next()).done]
    })
    expect(found).toEqual([[1], [2], [3], expect.any(QueueFull), true])
  })

  test('a target that can pause does, until all is taken or the iterator ends', async () => {
    const log = await runVirtual(async () => {
      const calls: string[] = []
      const emitter = Object.assign(new EventEmitter(), {
        pause: () => calls.push('pause'),
        resume: () => calls.push('resume'),
      })
      const ticks = on(emitter, 'tick', { maxsize: 1 })
      for (const n of [1, 2, 3]) emitter.emit('tick', n)
      for (const n of [1, 2, 3])
        calls.push(String((await ticks.next()).value) === String(n) ? 'ok' : 'no')
      for (const n of [4, 5]) emitter.emit('tick', n)
      await ticks.return()
      return calls
    })
    expect(log).toEqual(['pause', 'ok', 'ok', 'resume', 'ok', 'pause', 'resume'])
  })

  test('a stream of Node is paused and resumed', async () => {
    const found = await runVirtual(async () => {
      const stream = new PassThrough({ highWaterMark: 1 })
      const chunks = on<[Buffer]>(stream, 'data', { maxsize: 1, close: ['end'] })
      for (const chunk of ['a', 'b', 'c', 'd']) stream.write(chunk)
      stream.end()
      for (let turn = 0; turn < 10; turn += 1) await hostTurn()
      const wasPaused = stream.isPaused()
      const seen: string[] = []
      for await (const [chunk] of chunks) seen.push(String(chunk))
      return [wasPaused, seen.join('')]
    })
    expect(found).toEqual([true, 'abcd'])
  })

  test.each([0, -1, Number.NaN])('a maxsize of %d is refused', async (maxsize) => {
    await runVirtual(async () => {
      const emitter = new EventEmitter()
      expect(() => on(emitter, 'tick', { maxsize })).toThrow(RangeError)
      expect(listeners(emitter)).toBe(0)
    })
  })

  test('events after the end of the loop are nobody’s', async () => {
    const emitter = new EventEmitter()
    const loop = virtualLoop()
    const reports = collectReports(loop)
    await runVirtual(async () => {
      on(emitter, 'tick')
    }, loop)
    emitter.emit('tick')
    expect([listeners(emitter), reports]).toEqual([0, []])
  })
})
