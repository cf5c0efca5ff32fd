import {
  allTasks,
  coroutine,
  createTask,
  currentSignal,
  currentTask,
  getRunningLoop,
  RuntimeError,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf, hostTurn } from '../support/turns.ts'

const stackOf = (task: { getStack(): { name: string }[] }) =>
  task.getStack().map((frame) => frame.name)

describe('getStack', () => {
  const bottom = coroutine(async function bottom() {
    await sleep(100)
  })
  const bottomGenerated = coroutine(function* bottomGenerated() {
    yield* sleep(100)
  })
  const native = coroutine(async function native(next: () => PromiseLike<void>) {
    await next()
  })
  const generated = coroutine(function* generated(next: () => Iterable<never, void>) {
    yield* next()
  })
  const chains: [string, () => PromiseLike<void>, string[]][] = [
    ['async > async', () => native(bottom), ['native', 'bottom']],
    ['async > generator', () => native(bottomGenerated), ['native', 'bottomGenerated']],
    ['generator > async', () => generated(bottom as never), ['generated', 'bottom']],
    [
      'generator > generator',
      () => generated(bottomGenerated as never),
      ['generated', 'bottomGenerated'],
    ],
    [
      'generator > async > generator',
      () => generated((() => native(bottomGenerated)) as never),
      ['generated', 'native', 'bottomGenerated'],
    ],
  ]

  /** The stack of a task of `chain` while it waits, and when it is over. */
  const stacksOf = (chain: () => PromiseLike<void>) =>
    runVirtual(async () => {
      const task = createTask(chain() as never)
      await sleep(1)
      const waiting = stackOf(task)
      task.cancel()
      await errorOf(task)
      return [waiting, stackOf(task)]
    })

  test.each(chains)('shows the coroutines under way: %s', async (_name, chain, names) => {
    expect(await stacksOf(chain)).toEqual([names, []])
  })

  test('shows the coroutines under way: async > generator > async', async () => {
    const chain = () => native(() => generated(bottom as never))
    expect(await stacksOf(chain)).toEqual([['native', 'generated', 'bottom'], []])
  })

  test('shows those of all that is awaited at once', async () => {
    const names = await runVirtual(async () => {
      const both = async function both() {
        await Promise.all([bottom(), bottomGenerated()])
      }
      const task = createTask(both)
      await sleep(1)
      const seen = stackOf(task)
      task.cancel()
      await errorOf(task)
      return seen
    })
    expect(names).toEqual(['both', 'bottom', 'bottomGenerated'])
  })

  test('of a task that has not begun is its source', async () => {
    const names = await runVirtual(async () => {
      const task = createTask(bottom)
      const seen = stackOf(task)
      task.cancel()
      return seen
    })
    expect(names).toEqual(['bottom'])
  })
})

describe('what a task knows of itself', () => {
  test('getCoro gives what it was made of', async () => {
    const same = await runVirtual(async () => {
      const call = coroutine(async () => {})()
      const fn = async () => {}
      const generator = (function* () {})()
      return [call, fn, generator].map((source) => {
        const task = createTask(source as never)
        return task.getCoro() === source
      })
    })
    expect(same).toEqual([true, true, true])
  })

  test('is shown with its state, name and stack', async () => {
    const shown = await runVirtual(async () => {
      const fetchPage = coroutine(async function fetchPage() {
        await sleep(1)
        return 'text'
      })
      const task = createTask(fetchPage(), { name: 'page' })
      const before = String(task)
      await task
      const cancelled = createTask(fetchPage(), { name: 'cancelled' })
      cancelled.cancel()
      await errorOf(cancelled)
      return [before, String(task), String(cancelled)]
    })
    expect(shown).toEqual([
      "<Task pending name='page' coro=fetchPage>",
      "<Task finished result='text' name='page' coro=fetchPage>",
      "<Task cancelled name='cancelled' coro=fetchPage>",
    ])
  })

  test('its result is that of its coroutine alone', async () => {
    await runVirtual(async () => {
      const task = createTask(sleep(1))
      expect(() => task.setResult()).toThrow(RuntimeError)
      expect(() => task.setResult()).toThrow(/^a Task does not support setResult\(\)/)
      expect(() => task.setException(new Error('x'))).toThrow(/does not support setException\(\)/)
      await task
      expect(() => task.setResult()).toThrow(RuntimeError)
    })
  })
})

describe('allTasks', () => {
  test('has those that are not done, in the order in which they were made', async () => {
    const names = await runVirtual(async () => {
      currentTask()?.setName('main')
      const list = () => [...allTasks()].map((task) => task.getName())
      const a = createTask(sleep(1), { name: 'a' })
      const b = createTask(sleep(2), { name: 'b' })
      const seen = [list()]
      await a
      seen.push(list())
      b.cancel()
      seen.push(list())
      await errorOf(b)
      seen.push(list())
      return seen
    })
    expect(names).toEqual([['main', 'a', 'b'], ['main', 'b'], ['main', 'b'], ['main']])
  })

  test('is a copy, and of the loop that is asked for', async () => {
    await runVirtual(async () => {
      const outer = getRunningLoop()
      const before = allTasks()
      createTask(sleep(100))
      expect([before.size, allTasks().size]).toEqual([1, 2])
      await runVirtual(async () => {
        expect([allTasks().size, allTasks(outer).size]).toEqual([1, 2])
      })
    })
  })

  test('needs a loop', () => {
    expect(() => allTasks()).toThrow(/no running event loop/)
  })
})

describe('currentTask', () => {
  test('is null in callbacks, whatever ran before them in the iteration', async () => {
    const seen: unknown[] = []
    await runVirtual(async () => {
      const loop = getRunningLoop()
      for (const source of [async () => await sleep(1), () => sleep(1), function* () {}]) {
        createTask(source as () => PromiseLike<void>)
        loop.callSoon(() => seen.push(currentTask()))
        loop.callLater(1, () => seen.push(currentTask()))
      }
      await sleep(2)
    })
    expect(seen).toEqual([null, null, null, null, null, null])
  })

  test('is null outside, and again after a run', async () => {
    expect(currentTask()).toBe(null)
    await runVirtual(async () => {})
    expect(currentTask()).toBe(null)
  })
})

describe('signal', () => {
  test('is made once, and aborts with the CancelledError', async () => {
    await runVirtual(async () => {
      const signals: AbortSignal[] = []
      const task = createTask(async () => {
        signals.push(currentSignal(), currentSignal())
        await sleep(100)
      })
      await sleep(1)
      const [signal, again] = signals
      expect([signal === again, signal === task.signal, signal?.aborted]).toEqual([
        true,
        true,
        false,
      ])
      task.cancel('enough')
      expect([signal?.aborted, signal?.reason]).toMatchObject([
        true,
        { name: 'CancelledError', reason: 'enough' },
      ])
      await errorOf(task)
    })
  })

  test('asked for after the request is aborted already', async () => {
    const reasons = await runVirtual(async () => {
      const task = createTask(sleep(100))
      task.cancel('enough')
      const { signal } = task
      await errorOf(task)
      return [signal.aborted, signal.reason]
    })
    expect(reasons).toMatchObject([true, { name: 'CancelledError', reason: 'enough' }])
  })

  test('asked for in the clean-up knows why', async () => {
    const reason = await runVirtual(async () => {
      const task = createTask(async () => {
        try {
          return await sleep(100)
        } catch {
          return currentSignal().reason
        }
      })
      await sleep(1)
      task.cancel('enough')
      return await task
    })
    expect(reason).toMatchObject({ reason: 'enough' })
  })

  test('is a fresh one after uncancel() down to 0', async () => {
    const seen = await runVirtual(async () => {
      const task = createTask(async () => {
        const before = currentSignal()
        try {
          await sleep(100)
        } catch {
          currentTask()?.uncancel()
        }
        return [before.aborted, currentSignal().aborted, currentSignal() === before]
      })
      await sleep(1)
      task.cancel()
      return await task
    })
    expect(seen).toEqual([true, false, false])
  })

  test('stops what was given it', async () => {
    const error = await runVirtual(async () => {
      const task = createTask(async () => {
        const signal = currentSignal()
        await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        })
      })
      await hostTurn()
      task.cancel('enough')
      return await errorOf(task)
    })
    expect(error).toMatchObject({ name: 'CancelledError', reason: 'enough' })
  })

  test('needs a task', () => {
    expect(() => currentSignal()).toThrow(RuntimeError)
    expect(() => currentSignal()).toThrow(/^currentSignal\(\) was called outside any task/)
  })
})
