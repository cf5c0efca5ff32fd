import { type Coroutine, coroutine, type Future, getRunningLoop, sleep } from 'hocket'
import {
  ended,
  ensure,
  ensureEqual,
  isInOrder,
  quiet,
  type Scenario,
  scenariosOf,
  sorted,
  start,
} from './scenario.ts'

/**
 * Passes the lock to who waits, and loses it if that one is cancelled before it goes on.
 */
class LosingLock {
  #isLocked = false
  readonly #waiters: Future<void>[] = []

  release(): void {
    for (;;) {
      const waiter = this.#waiters.shift()
      if (waiter === undefined) break
      if (waiter.done()) continue
      waiter.setResult()
      return
    }
    this.#isLocked = false
  }

  *acquire() {
    if (!this.#isLocked) {
      this.#isLocked = true
      return
    }
    const waiter = getRunningLoop().createFuture<void>()
    this.#waiters.push(waiter)
    // It stays locked: it belongs to the one that `release` wakes.
    yield* waiter
  }
}

/** Whoever comes when there is a unit takes it, also when others wait for it. */
class BargingSemaphore {
  #value = 1
  readonly #waiters: Future<void>[] = []

  release(): void {
    this.#value += 1
    this.#wake()
  }

  *acquire() {
    while (this.#value === 0) {
      const waiter = getRunningLoop().createFuture<void>()
      this.#waiters.push(waiter)
      try {
        yield* waiter
      } catch (error) {
        if (this.#value > 0) this.#wake()
        throw error
      }
    }
    this.#value -= 1
  }

  #wake(): void {
    for (;;) {
      const waiter = this.#waiters.shift()
      if (waiter === undefined) return
      if (waiter.done()) continue
      waiter.setResult()
      return
    }
  }
}

/** Hands an item to who waits for it, and drops it if that one is cancelled. */
class DroppingQueue {
  readonly #items: number[] = []
  readonly #getters: Future<number>[] = []

  put(item: number): void {
    const getter = this.#getters.find((each) => !each.done())
    if (getter === undefined) this.#items.push(item)
    else getter.setResult(item)
  }

  *get() {
    const item = this.#items.shift()
    if (item !== undefined) return item
    const getter = getRunningLoop().createFuture<number>()
    this.#getters.push(getter)
    return yield* getter
  }

  get left(): readonly number[] {
    return this.#items
  }
}

/** After a notification, a cancellation on the way to the lock leaves without it. */
class CarelessCondition {
  readonly #lock = new LosingLock()
  readonly #waiters: Future<void>[] = []
  isLocked = false

  release(): void {
    ensure(this.isLocked, 'the lock is not held')
    this.isLocked = false
    this.#lock.release()
  }

  *acquire() {
    yield* this.#lock.acquire()
    this.isLocked = true
  }

  *wait() {
    const waiter = getRunningLoop().createFuture<void>()
    this.#waiters.push(waiter)
    this.release()
    try {
      yield* waiter
    } finally {
      yield* this.acquire()
    }
  }

  notifyAll(): void {
    for (const waiter of this.#waiters.splice(0)) if (!waiter.done()) waiter.setResult()
  }
}

interface Held {
  acquire(): Iterable<never, void>
  release(): void
}

/** Three workers, of whom one at a time is inside, in the order of asking. */
function* workers(made: Held) {
  const asked: number[] = []
  const got: number[] = []
  const work: (id: number) => Coroutine<void> = coroutine(function* work(id: number) {
    asked.push(id)
    yield* made.acquire()
    try {
      got.push(id)
      yield* sleep(0)
    } finally {
      made.release()
    }
  })
  yield* ended(start([work(1), work(2), work(3)]))
  ensure(isInOrder(got, asked), `asked ${asked}, got ${got}`)
}

/** Primitives with the faults that the explorer is for. Each must be found. */
export const broken: readonly Scenario[] = scenariosOf('broken on purpose', {
  'a lock that is lost with who was woken': () => workers(new LosingLock() as unknown as Held),
  'a semaphore that is barged into': () => workers(new BargingSemaphore() as unknown as Held),
  'a queue that drops what a cancelled getter was given': function* () {
    const queue = new DroppingQueue()
    const got: number[] = []
    const consume = coroutine(function* consume() {
      got.push(yield* queue.get())
    })
    const tasks = start([consume(), consume()])
    yield* sleep(0)
    for (const item of [1, 2]) queue.put(item)
    yield* quiet()
    for (const task of tasks) task.cancel()
    yield* ended(tasks)
    ensureEqual(sorted([...got, ...queue.left]), [1, 2], 'items')
  },
  'a condition that is left without its lock': {
    body: function* () {
      const condition = new CarelessCondition()
      const wait = coroutine(function* wait() {
        yield* condition.acquire()
        try {
          yield* condition.wait()
        } finally {
          condition.release()
        }
      })
      const tasks = start([wait(), wait()])
      yield* quiet()
      yield* condition.acquire()
      condition.notifyAll()
      yield* sleep(0)
      condition.release()
      yield* ended(tasks)
    },
    options: { cancel: true },
  },
})
