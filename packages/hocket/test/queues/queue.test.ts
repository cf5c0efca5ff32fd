import { getRunningLoop, LifoQueue, PriorityQueue, Queue, sleep, type Task } from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
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
} from '../sync/both.ts'

const getter = (spelling: Spelling, queue: Queue<unknown>) =>
  spawn(spelling, function* () {
    return yield queue.get()
  })
const putter = <T>(spelling: Spelling, queue: Queue<T>, item: T) =>
  spawn(spelling, function* () {
    yield queue.put(item)
    return 'put'
  })
const withCode = (code: string) => expect.objectContaining({ code })

describe.each(spellings)('Queue behind %s', (_name, spelling) => {
  test('put and get do not suspend as long as there is room, and something to get', async () => {
    await play(spelling, function* () {
      const queue = new Queue<number>(2)
      const before = iteration()
      yield queue.put(1)
      yield queue.put(2)
      expect([queue.qsize(), queue.full(), queue.empty(), queue.maxsize]).toEqual([
        2,
        true,
        false,
        2,
      ])
      expect([yield queue.get(), yield queue.get()]).toEqual([1, 2])
      expect([queue.empty(), iteration()]).toEqual([true, before])
    })
  })

  test('each kind has its order', async () => {
    await play(spelling, function* () {
      for (const [queue, order] of [
        [new Queue<number>(), [3, 1, 2]],
        [new LifoQueue<number>(), [2, 1, 3]],
        [new PriorityQueue<number>(), [1, 2, 3]],
      ] as const) {
        for (const item of [3, 1, 2]) yield queue.put(item)
        const got: unknown[] = []
        for (let round = 0; round < 3; round += 1) got.push(yield queue.get())
        expect(got).toEqual(order)
      }
    })
  })

  test('who waits to get is woken in order, one for each item', async () => {
    const log: unknown[] = []
    await play(spelling, function* () {
      const queue = new Queue<string>()
      const tasks = ['a', 'b', 'c'].map((name) =>
        spawn(spelling, function* () {
          log.push(`${name} ${yield queue.get()}`)
        }),
      )
      yield sleep(0)
      queue.putNowait('x')
      queue.putNowait('y')
      expect(log).toEqual([])
      yield sleep(0)
      expect(log).toEqual(['a x', 'b y'])
      queue.putNowait('z')
      yield* outcomesOf(tasks)
    })
    expect(log).toEqual(['a x', 'b y', 'c z'])
  })

  test('who waits to put is woken in order, one for each place', async () => {
    await play(spelling, function* () {
      const queue = new Queue<number>(1)
      const tasks = [1, 2, 3].map((item) => putter(spelling, queue, item))
      yield* turns(2)
      expect([queue.qsize(), queue.statistics().tasksWaitingPut]).toEqual([1, 2])
      const got: unknown[] = []
      for (let round = 0; round < 3; round += 1) {
        got.push(queue.getNowait())
        yield sleep(0)
      }
      expect(got).toEqual([1, 2, 3])
      expect(yield* outcomesOf(tasks)).toEqual(['put', 'put', 'put'])
    })
  })

  test('who is faster gets the item; who was woken queues up anew', async () => {
    await play(spelling, function* () {
      const queue = new Queue<string>()
      const waiting = getter(spelling, queue)
      yield sleep(0)
      queue.putNowait('x')
      expect(yield queue.get()).toBe('x')
      yield* turns(3)
      expect([outcomeOf(waiting), queue.statistics().tasksWaitingGet]).toEqual(['pending', 1])
      queue.putNowait('y')
      expect(yield waiting).toBe('y')
    })
  })

  // test_get_cancel_drop_many_pending_readers
  test('an item reaches the one getter that is not cancelled', async () => {
    await play(spelling, function* () {
      const queue = new Queue<number>()
      const tasks = [1, 2, 3].map(() => getter(spelling, queue))
      yield sleep(0)
      queue.putNowait(1)
      queue.putNowait(2)
      tasks[0]?.cancel()
      tasks[1]?.cancel()
      expect(yield* outcomesOf(tasks)).toEqual(['cancelled', 'cancelled', 1])
      expect(queue.getNowait()).toBe(2)
    })
  })

  // test_put_cancelled_race, test_why_are_putters_waiting
  test('a place reaches the one putter that is not cancelled', async () => {
    await play(spelling, function* () {
      const queue = new Queue<string>(1)
      queue.putNowait('first')
      const tasks = ['a', 'b', 'c'].map((item) => putter(spelling, queue, item))
      yield sleep(0)
      expect(queue.getNowait()).toBe('first')
      tasks[0]?.cancel()
      yield* turns(3)
      expect(tasks.map(outcomeOf)).toEqual(['cancelled', 'put', 'pending'])
      expect(queue.getNowait()).toBe('b')
      expect(yield tasks[2] as Task<unknown>).toBe('put')
      expect(queue.getNowait()).toBe('c')
    })
  })

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])(
    'a cancellation in iteration %d loses and doubles nothing',
    async (turn) => {
      for (const maxsize of [1, 2, 0]) {
        for (const victim of [0, 1, 2, 3, 4, 5]) {
          await play(spelling, function* () {
            const queue = new Queue<number>(maxsize)
            const put: number[] = []
            const got: number[] = []
            const putters = [1, 2, 3].map((first) =>
              spawn(spelling, function* () {
                for (const item of [first, first + 10, first + 20]) {
                  yield queue.put(item)
                  put.push(item)
                  yield sleep(0)
                }
              }),
            )
            const getters = [1, 2, 3].map(() =>
              spawn(spelling, function* () {
                for (;;) {
                  got.push(yield queue.get())
                  yield sleep(0)
                }
              }),
            )
            const tasks: Task<unknown>[] = [...putters, ...getters]
            yield* turns(turn)
            tasks[victim]?.cancel()
            yield* turns(30)
            const sorted = (items: number[]) => [...items].sort((a, b) => a - b)
            expect(sorted(got)).toEqual(sorted(put))
            expect(put).toHaveLength(new Set(put).size)
            if (victim > 2 || putters[victim]?.cancelled() !== true) expect(put).toHaveLength(9)
            expect(queue.qsize()).toBe(0)
            expect(queue.statistics()).toMatchObject({
              tasksWaitingPut: 0,
              tasksWaitingGet: victim > 2 ? 2 : 3,
            })
            for (const task of getters) task.cancel()
            yield* outcomesOf(tasks)
            expect(queue.statistics().tasksWaitingGet).toBe(0)
          })
        }
      }
    },
  )

  test('join() waits until every item is done', async () => {
    await play(spelling, function* () {
      const queue = new Queue<number>()
      const before = iteration()
      yield queue.join()
      expect(iteration()).toBe(before)
      for (const item of [1, 2]) queue.putNowait(item)
      const joining = [1, 2].map(() =>
        spawn(spelling, function* () {
          yield queue.join()
          return 'joined'
        }),
      )
      yield* turns(2)
      queue.taskDone()
      queue.getNowait()
      yield* turns(2)
      expect([joining.map(outcomeOf), queue.statistics().unfinishedTasks]).toEqual([
        ['pending', 'pending'],
        1,
      ])
      queue.taskDone()
      expect(yield* outcomesOf(joining)).toEqual(['joined', 'joined'])
      expect(() => queue.taskDone()).toThrow(RangeError)
      // Each put arms it anew.
      queue.putNowait(3)
      const again = spawn(spelling, function* () {
        yield queue.join()
      })
      yield* turns(2)
      expect(outcomeOf(again)).toBe('pending')
      queue.taskDone()
      yield again
    })
  })

  test('shutdown() lets what is left be got, and ends everybody else', async () => {
    await play(spelling, function* () {
      const full = new Queue<number>(1)
      const put = [1, 2, 3].map((item) => putter(spelling, full, item))
      yield sleep(0)
      full.shutdown()
      expect(yield* outcomesOf(put)).toEqual(['put', 'QueueShutDown', 'QueueShutDown'])
      expect(() => full.putNowait(4)).toThrow(withCode('ERR_QUEUE_SHUT_DOWN'))
      expect(yield full.get()).toBe(1)
      expect(() => full.getNowait()).toThrow(withCode('ERR_QUEUE_SHUT_DOWN'))
      const empty = new Queue<number>()
      const got = [1, 2].map(() => getter(spelling, empty))
      yield sleep(0)
      empty.shutdown()
      expect(yield* outcomesOf(got)).toEqual(['QueueShutDown', 'QueueShutDown'])
      expect(yield* outcomesOf([getter(spelling, empty), putter(spelling, empty, 1)])).toEqual([
        'QueueShutDown',
        'QueueShutDown',
      ])
    })
  })

  // test_shutdown_immediate_with_unfinished
  test('shutdown(true) drops what is left; what was got has still to be done', async () => {
    await play(spelling, function* () {
      const queue = new Queue<number>()
      for (const item of [1, 2, 3]) queue.putNowait(item)
      queue.getNowait()
      const joining = spawn(spelling, function* () {
        yield queue.join()
        return 'joined'
      })
      yield sleep(0)
      queue.shutdown(true)
      yield* turns(2)
      expect([queue.qsize(), queue.statistics().unfinishedTasks, outcomeOf(joining)]).toEqual([
        0,
        1,
        'pending',
      ])
      queue.taskDone()
      expect(yield joining).toBe('joined')
      expect(() => queue.taskDone()).toThrow(RangeError)
    })
  })

  test('it is bound to a loop by the first who has to wait', async () => {
    const queue = new Queue<number>()
    const wait = () =>
      play(spelling, function* () {
        const waiting = getter(spelling, queue)
        yield sleep(0)
        queue.putNowait(1)
        return yield waiting
      })
    expect(await wait()).toBe(1)
    expect(await errorOf(wait())).toMatchObject({ code: 'ERR_OTHER_LOOP' })
    // Where nobody has to wait, any loop will do.
    await play(spelling, function* () {
      yield queue.put(2)
      expect([yield queue.get(), yield queue.get()]).toEqual([1, 2])
    })
  })

  test('who waits for ever is named in the deadlock', async () => {
    const error = await errorOf(
      play(spelling, function* () {
        yield new LifoQueue(3).get()
      }),
    )
    expect(error.message).toContain('waits for <LifoQueue 0 of 3 items, 1 waiting to get>')
  })
})

test('the Nowait methods say what is missing', () => {
  const queue = new Queue<number>(1)
  expect(() => queue.getNowait()).toThrow(withCode('ERR_QUEUE_EMPTY'))
  queue.putNowait(1)
  expect(() => queue.putNowait(2)).toThrow(withCode('ERR_QUEUE_FULL'))
  expect(queue.getNowait()).toBe(1)
})

test('for await gets item after item until the queue is shut down', async () => {
  const seen = await runVirtual(async () => {
    const queue = new Queue<number>(1)
    const producer = getRunningLoop().createTask(async () => {
      for (const item of [1, 2, 3, 4]) await queue.put(item)
      queue.shutdown()
    })
    const seen: number[] = []
    for await (const item of queue) {
      seen.push(item)
      if (item === 2) break
    }
    for await (const item of queue) seen.push(item)
    await producer
    return seen
  })
  expect(seen).toEqual([1, 2, 3, 4])
})

test('for await is cancelled with its task, and loses nothing', async () => {
  await runVirtual(async () => {
    const queue = new Queue<number>()
    const task = getRunningLoop().createTask(async () => {
      for await (const item of queue) expect.unreachable(`got ${item}`)
    })
    await sleep(1)
    queue.putNowait(1)
    task.cancel()
    await sleep(1)
    expect([task.cancelled(), queue.qsize(), queue.statistics().tasksWaitingGet]).toEqual([
      true,
      1,
      0,
    ])
  })
})

describe('maxsize', () => {
  test.each([0, -1, Infinity])('%d is without a limit', (maxsize) => {
    const queue = new Queue<number>(maxsize)
    for (let item = 0; item < 100; item += 1) queue.putNowait(item)
    expect([queue.full(), queue.qsize(), queue.maxsize]).toEqual([false, 100, maxsize])
  })

  test('has to be a whole number', () => {
    for (const Kind of [Queue, LifoQueue, PriorityQueue]) {
      for (const bad of [1.5, Number.NaN]) expect(() => new Kind(bad)).toThrow(RangeError)
      expect(() => new Kind('1' as never)).toThrow(TypeError)
    }
  })
})

test('statistics are frozen, and the text tells the state', () => {
  const queue = new Queue<number>(2)
  queue.putNowait(1)
  expect(queue.statistics()).toEqual({
    qsize: 1,
    maxsize: 2,
    unfinishedTasks: 1,
    tasksWaitingPut: 0,
    tasksWaitingGet: 0,
    isShutDown: false,
  })
  expect(Object.isFrozen(queue.statistics())).toBe(true)
  queue.shutdown()
  expect(String(queue)).toBe('<Queue 1 of 2 items, 1 unfinished, shut down>')
  expect(String(new PriorityQueue())).toBe('<PriorityQueue 0 items>')
})
