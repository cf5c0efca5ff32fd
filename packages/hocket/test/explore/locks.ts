import type { ExploredBody } from '@hocket/testing'
import {
  type Acquired,
  BoundedSemaphore,
  CapacityLimiter,
  Condition,
  type Coroutine,
  coroutine,
  Event,
  Lock,
  Semaphore,
  sleep,
  use,
  WouldBlock,
} from 'hocket'
import {
  ended,
  ensure,
  ensureEqual,
  ensureObeyed,
  isInOrder,
  quiet,
  type Scenario,
  scenariosOf,
  start,
} from './scenario.ts'

/** What Lock, Semaphore and CapacityLimiter have in common. */
interface Acquirable {
  acquire(): Coroutine<Acquired>
  acquireNowait(): Acquired
  release(): void
}

/** Workers that hold `made` for a while, and what they have done. */
function crew(made: Acquirable, most: number) {
  const log = { asked: [] as number[], got: [] as number[], inside: 0 }
  const enter = (id: number) => {
    log.got.push(id)
    log.inside += 1
    ensure(log.inside <= most, `${log.inside} are inside`)
  }
  return {
    log,
    /** Releases by itself. */
    byHand: coroutine(function* (id: number) {
      log.asked.push(id)
      yield* made.acquire()
      try {
        enter(id)
        yield* sleep(0)
      } finally {
        log.inside -= 1
        made.release()
      }
    }),
    /** Releases by `use`. */
    byUse: coroutine(function* (id: number) {
      log.asked.push(id)
      yield* use(made.acquire())
      try {
        enter(id)
        yield* sleep(0)
      } finally {
        log.inside -= 1
      }
    }),
    /** Async functions, and `await using`. */
    native: coroutine(async (id: number) => {
      log.asked.push(id)
      await using _held = await made.acquire()
      try {
        enter(id)
        await sleep(0)
      } finally {
        log.inside -= 1
      }
    }),
    /** Takes it only if it is free. */
    ifFree: coroutine(function* (id: number) {
      yield* sleep(0)
      try {
        const held = made.acquireNowait()
        try {
          enter(id)
          log.asked.push(id)
          yield* sleep(0)
        } finally {
          log.inside -= 1
          held.release()
        }
      } catch (error) {
        if (!(error instanceof WouldBlock)) throw error
      }
    }),
  }
}

type Made = Acquirable & { statistics(): { tasksWaiting: number } }
type Work = 'byHand' | 'byUse' | 'native' | 'ifFree'

/** `most` at a time are inside; with one, in the order of asking; at the end all is as before. */
function guards(make: () => Made, most: number, works: readonly Work[]): ExploredBody {
  return function* guards({ atEnd }) {
    const made = make()
    const { log, ...work } = crew(made, most)
    atEnd(() => {
      ensureEqual(made.statistics().tasksWaiting, 0, 'waiting at the end')
      ensureEqual(log.inside, 0, 'inside at the end')
      ensureEqual(countFree(made), most, 'free at the end')
    })
    const tasks = start(works.map((kind, index) => work[kind](index)))
    yield* ended(tasks)
    ensureObeyed(tasks)
    if (most === 1) ensure(isInOrder(log.got, log.asked), `asked ${log.asked}, got ${log.got}`)
  }
}

function countFree(made: Made): number {
  if (made instanceof CapacityLimiter) return made.availableTokens
  for (let count = 0; ; count += 1) {
    try {
      made.acquireNowait()
    } catch (error) {
      if (error instanceof WouldBlock) return count
      throw error
    }
  }
}

function guardScenarios(
  primitive: string,
  make: (most: number) => Made,
  mosts: readonly number[],
): Scenario[] {
  return mosts.flatMap((most) =>
    scenariosOf(primitive, {
      [`lets ${most} in, and nothing is left held`]: guards(() => make(most), most, [
        'byHand',
        'byHand',
        'byHand',
      ]),
      [`lets ${most} in, behind use(), with one that asks once`]: guards(() => make(most), most, [
        'byUse',
        'byHand',
        'byUse',
        'ifFree',
      ]),
      [`lets ${most} in, in async functions`]: guards(() => make(most), most, [
        'native',
        'native',
        'byHand',
      ]),
    }),
  )
}

const event = scenariosOf('Event', {
  'wakes all who wait, also if it is cleared at once': function* () {
    const event = new Event()
    const log: number[] = []
    const wait = coroutine(function* (id: number) {
      yield* event.wait()
      log.push(id)
    })
    const tasks = start([wait(1), wait(2), wait(3)])
    yield* quiet()
    ensureEqual(log, [], 'gone on before set()')
    event.set()
    event.clear()
    yield* ended(tasks)
    ensureEqual(event.statistics().tasksWaiting, 0, 'waiting at the end')
    ensureEqual(log.length, tasks.filter((task) => !task.cancelled()).length, 'gone on')
  },
  'is seen by who comes before and after set()': {
    body: function* () {
      const event = new Event()
      const wait = coroutine(function* () {
        for (let turn = 0; turn < 2; turn += 1) {
          yield* event.wait()
          yield* sleep(0)
        }
      })
      const set = coroutine(function* () {
        yield* sleep(0)
        event.set()
      })
      yield* ended([...start([wait(), wait()]), ...start([set()], 'setter')])
      ensure(event.isSet(), 'it is set')
    },
    options: { cancel: ['task 1', 'task 2'] },
  },
})

/** Consumers that take one item each as soon as there is one. */
function* consumers({ perItem }: { perItem: boolean }) {
  const condition = new Condition()
  const items: number[] = []
  const taken: number[] = []
  let isClosed = false
  const consume = coroutine(function* () {
    yield* condition.acquire()
    try {
      yield* condition.waitFor(() => items.length > 0 || isClosed)
      ensure(condition.locked(), 'it has the lock')
      const item = items.shift()
      if (item !== undefined) taken.push(item)
      yield* sleep(0)
    } finally {
      ensure(condition.locked(), 'it has the lock, whatever has happened')
      condition.release()
    }
  })
  const produce = coroutine(function* (item: number) {
    yield* use(condition.acquire())
    items.push(item)
    if (perItem) condition.notify()
    else condition.notifyAll()
    // Meanwhile who was notified waits for the lock.
    yield* sleep(0)
  })
  const eaters = start([consume(), consume(), consume()], 'consumer')
  yield* quiet()
  for (const item of [1, 2]) yield* produce(item)
  yield* quiet()
  const hungry = eaters.some((task) => !task.done())
  ensure(items.length === 0 || !hungry, `a notification is lost: ${items} are left`)
  {
    const held = yield* condition.acquire()
    isClosed = true
    condition.notifyAll()
    held.release()
  }
  yield* ended(eaters)
  ensureObeyed(eaters)
  ensureEqual([...taken, ...items], [1, 2], 'each item was taken once, in order')
  ensure(!condition.locked(), 'nobody holds the lock')
  ensureEqual(condition.statistics().tasksWaiting, 0, 'waiting at the end')
}

const condition = scenariosOf('Condition', {
  'loses no notify(), and holds its lock after wait()': () => consumers({ perItem: true }),
  'loses no notifyAll()': () => consumers({ perItem: false }),
  'has its lock again, in async functions': async () => {
    const condition = new Condition()
    let count = 0
    const wait = coroutine(async () => {
      await using _held = await condition.acquire()
      await condition.wait()
      ensure(condition.locked(), 'it has the lock')
      count += 1
    })
    const tasks = start([wait(), wait()])
    await sleep(1)
    {
      await using _held = await condition.acquire()
      condition.notifyAll()
    }
    for (const task of tasks) while (!task.done()) await sleep(1)
    ensureEqual(count, tasks.filter((task) => !task.cancelled()).length, 'gone on')
    ensure(!condition.locked(), 'nobody holds the lock')
  },
})

const bounded = scenariosOf('BoundedSemaphore', {
  'refuses more than it has, whatever was cancelled': function* () {
    const semaphore = new BoundedSemaphore(2)
    const work = crew(semaphore, 2)
    yield* ended(start([work.byUse(1), work.byHand(2), work.byUse(3)]))
    let isRefused = false
    try {
      semaphore.release()
    } catch (error) {
      isRefused = error instanceof RangeError
    }
    ensure(isRefused, 'one release too many is refused')
  },
})

const limiter = scenariosOf('CapacityLimiter', {
  'lends no more than it has while its size changes': function* ({ always }) {
    const limiter = new CapacityLimiter(1)
    const { log, ...work } = crew(limiter, 2)
    always(() => ensure(limiter.borrowedTokens <= 2, `${limiter.borrowedTokens} are lent`))
    const tasks = start([work.byUse(1), work.byUse(2), work.byUse(3)])
    yield* sleep(0)
    limiter.totalTokens = 2
    yield* sleep(0)
    limiter.totalTokens = 1
    yield* ended(tasks)
    ensureEqual([limiter.borrowedTokens, limiter.statistics().tasksWaiting], [0, 0], 'at the end')
    ensureEqual(log.inside, 0, 'inside')
  },
})

export const locks: readonly Scenario[] = [
  ...guardScenarios('Lock', () => new Lock(), [1]),
  ...event,
  ...condition,
  ...guardScenarios('Semaphore', (most) => new Semaphore(most), [1, 2]),
  ...guardScenarios('BoundedSemaphore', (most) => new BoundedSemaphore(most), [1, 2]),
  ...bounded,
  ...guardScenarios('CapacityLimiter', (most) => new CapacityLimiter(most), [1, 2]),
  ...limiter,
]
