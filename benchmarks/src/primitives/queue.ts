import type { Queue } from 'hocket'
import type { Case, NodeContender, PythonContender } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import { rowsOf } from './rows.ts'

// A producer task puts 10,000 numbers into a queue, and a consumer takes them out and adds them up. In
// a queue of one item each of the two waits for the other nearly every time: what is measured is the
// hand-off. In an unbounded queue nobody waits but the consumer, once: what is measured is a put
// and a get that find what they need.
//
// Effect's queue has both. effection's is unbounded, and its `add` is a plain call; it shifts all its
// items at each, which is its own affair.
const ITEMS = 10_000
const SUM = (ITEMS * (ITEMS - 1)) / 2

const generators = (maxsize: number): NodeContender => ({
  prepare: async () => {
    const { coroutine, createTask, Queue, run } = await import('hocket')
    const produce = coroutine(function* (queue: Queue<number>) {
      for (let i = 0; i < ITEMS; i++) yield* queue.put(i)
    })
    const main = coroutine(function* (repeats: number) {
      for (let repeat = 0; repeat < repeats; repeat++) {
        const queue = new Queue<number>(maxsize)
        const producer = createTask(produce(queue))
        let sum = 0
        for (let i = 0; i < ITEMS; i++) sum += yield* queue.get()
        yield* producer
        check('sum', sum, SUM)
      }
    })
    const repeats = maxsize === 0 ? 10 : 3
    return () => nsPer(ITEMS * repeats, () => run(main(repeats)))
  },
})

const asyncFunctions = (maxsize: number): NodeContender => ({
  prepare: async () => {
    const { coroutine, createTask, Queue, run } = await import('hocket')
    const produce = coroutine(async (queue: Queue<number>) => {
      for (let i = 0; i < ITEMS; i++) await queue.put(i)
    })
    const main = coroutine(async () => {
      const queue = new Queue<number>(maxsize)
      const producer = createTask(produce(queue))
      let sum = 0
      for (let i = 0; i < ITEMS; i++) sum += await queue.get()
      await producer
      check('sum', sum, SUM)
    })
    return () => nsPer(ITEMS, () => run(main()))
  },
})

const effect = (maxsize: number): NodeContender => ({
  prepare: async () => {
    const Effect = await import('effect/Effect')
    const Fiber = await import('effect/Fiber')
    const Queue = await import('effect/Queue')
    const main = Effect.gen(function* () {
      const queue = yield* maxsize === 0
        ? Queue.unbounded<number>()
        : Queue.bounded<number>(maxsize)
      const producer = yield* Effect.forkChild(
        Effect.gen(function* () {
          for (let i = 0; i < ITEMS; i++) yield* Queue.offer(queue, i)
        }),
      )
      let sum = 0
      for (let i = 0; i < ITEMS; i++) sum += yield* Queue.take(queue)
      yield* Fiber.join(producer)
      check('sum', sum, SUM)
    })
    return () => nsPer(ITEMS, () => Effect.runPromise(main))
  },
})

const effection: NodeContender = {
  prepare: async () => {
    const { createQueue, run, spawn } = await import('effection')
    const main = function* () {
      const queue = createQueue<number, never>()
      // biome-ignore lint/correctness/useYield: its add is a plain call
      const producer = yield* spawn(function* () {
        for (let i = 0; i < ITEMS; i++) queue.add(i)
      })
      let sum = 0
      for (let i = 0; i < ITEMS; i++) sum += (yield* queue.next()).value
      yield* producer
      check('sum', sum, SUM)
    }
    return () => nsPer(ITEMS, () => run(main))
  },
}

const python = (name: string) => ({
  asyncio: { python: name, loop: 'asyncio' } as PythonContender,
  uvloop: { python: name, loop: 'uvloop' } as PythonContender,
})

const HOCKETS = ['generators', 'async functions']

export const queueOfOne: Case = {
  name: 'queue-of-one',
  processes: 3,
  rounds: 7,
  warmUpMs: 400,
  rows: rowsOf('producer and consumer, queue of one', 'ns per item', HOCKETS, [
    'asyncio',
    'uvloop',
    'Effect 4',
  ]),
  contenders: {
    generators: generators(1),
    'async functions': asyncFunctions(1),
    'Effect 4': effect(1),
    ...python('queue_of_one'),
  },
}

export const queueUnbounded: Case = {
  name: 'queue-unbounded',
  processes: 3,
  rounds: 7,
  warmUpMs: 400,
  rows: rowsOf('producer and consumer, unbounded queue', 'ns per item', HOCKETS, [
    'asyncio',
    'uvloop',
    'Effect 4',
    'effection 4',
  ]),
  contenders: {
    generators: generators(0),
    'async functions': asyncFunctions(0),
    'Effect 4': effect(0),
    'effection 4': effection,
    ...python('queue_unbounded'),
  },
}
