import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { use } from '../coroutine/use.ts'
import { BrokenBarrierError } from '../errors/primitives.ts'
import { LoopBound } from '../future/waiter.ts'
import { checkCount } from './checks.ts'
import { Condition } from './condition.ts'

/** What `barrier.statistics()` gives. */
export interface BarrierStatistics {
  readonly parties: number
  readonly tasksWaiting: number
  readonly broken: boolean
}

/** It fills, and when it is full it drains: who comes meanwhile waits for the next round. */
type State = 'filling' | 'draining' | 'resetting' | 'broken'

const wait = coroutine(function* wait(barrier: Barrier) {
  const held = yield* barrier._condition.acquire()
  try {
    yield* barrier._condition.waitFor(() => !barrier._isEmptying())
    barrier._checkNot('the barrier was aborted', 'broken')
    const index = barrier._enter()
    try {
      if (index + 1 === barrier.parties) barrier._change('draining')
      else {
        yield* barrier._condition.waitFor(() => barrier._state !== 'filling')
        barrier._checkNot('the barrier was aborted or reset', 'broken', 'resetting')
      }
      return index
    } finally {
      barrier._exit()
    }
  } finally {
    held.release()
  }
})

const reset = coroutine(function* reset(barrier: Barrier) {
  yield* use(barrier._condition.acquire())
  barrier._change(barrier._count > 0 ? 'resetting' : 'filling')
})

const abort = coroutine(function* abort(barrier: Barrier) {
  yield* use(barrier._condition.acquire())
  barrier._change('broken')
})

/**
 * A point at which `parties` tasks wait for each other. asyncio.Barrier, CPython 3.13.
 *
 * When the last of them has come, all go on, in the order of their coming; then it is ready for the
 * next round. A waiter that is cancelled leaves, and the others wait for one more.
 *
 * @example
 * ```ts
 * const barrier = new Barrier(2)
 * const log: string[] = []
 * const work = coroutine(function* (name: string, ms: number) {
 *   yield* sleep(ms)
 *   const index = yield* barrier.wait()
 *   log.push(`${name} ${index}`)
 * })
 * await run(async () => {
 *   const tasks = [createTask(work('slow', 2)), createTask(work('fast', 1))]
 *   for (const task of tasks) await task
 * })
 * log // => ['slow 1', 'fast 0']
 * ```
 */
export class Barrier extends LoopBound {
  /** @internal */ declare readonly _condition: Condition
  /** @internal */ declare _state: State
  /** @internal Those inside, also while it drains. */ declare _count: number
  /** How many tasks have to come. */
  declare readonly parties: number

  /**
   * @throws {@link RangeError} if `parties` is less than 1 or not whole
   * @throws {@link TypeError} if it is no number
   */
  constructor(parties: number) {
    super()
    checkCount(parties, 1, 'the parties of a Barrier')
    this._condition = new Condition()
    this._state = 'filling'
    this._count = 0
    this.parties = parties
  }

  /**
   * Waits until all have come. Gives who came when: 0 for the first, `parties - 1` for the last. After
   * a cancellation the next to come may get the same number as another, as in asyncio.
   *
   * @throws {@link BrokenBarrierError} if the barrier is aborted, or reset while this waits
   * @throws {@link RuntimeError} if it has to wait and the barrier is bound to a different event loop
   */
  wait(): Coroutine<number> {
    return wait(this)
  }

  /** Empties it: who waits gets a {@link BrokenBarrierError}. An aborted barrier is whole again. */
  reset(): Coroutine<void> {
    return reset(this)
  }

  /** Breaks it: who waits, and who comes from now on, gets a {@link BrokenBarrierError}. */
  abort(): Coroutine<void> {
    return abort(this)
  }

  /** How many wait for the others. */
  get nWaiting(): number {
    return this._state === 'filling' ? this._count : 0
  }

  get broken(): boolean {
    return this._state === 'broken'
  }

  statistics(): BarrierStatistics {
    return Object.freeze({
      parties: this.parties,
      tasksWaiting: this.nWaiting,
      broken: this.broken,
    })
  }

  override toString(): string {
    return `<Barrier ${this._state}${this.broken ? '' : `, ${this.nWaiting} of ${this.parties} waiting`}>`
  }

  /** @internal Who comes has to wait until the round before is over. */
  _isEmptying(): boolean {
    return this._state === 'draining' || this._state === 'resetting'
  }

  /** @internal */
  _enter(): number {
    this._count += 1
    return this._count - 1
  }

  /** @internal The last one out lets the next round in. */
  _exit(): void {
    this._count -= 1
    if (this._count === 0) this._change(this._isEmptying() ? 'filling' : this._state)
  }

  /** @internal */
  _change(state: State): void {
    this._state = state
    this._condition.notifyAll()
  }

  /** @internal */
  _checkNot(message: string, ...states: State[]): void {
    if (states.includes(this._state)) throw new BrokenBarrierError(message)
  }
}
