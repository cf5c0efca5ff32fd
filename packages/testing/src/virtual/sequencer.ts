import { type Coroutine, coroutine, type Future, getRunningLoop, RuntimeError } from 'hocket'

/** A point of a Sequencer that has been reached; disposing it lets the next one come. */
export type SequencePoint = Disposable & AsyncDisposable

/**
 * Has parts of several tasks run one after the other: who comes to `at(n)` waits until what was at
 * the point before has ended. If somebody is cancelled while waiting, the order is broken, and all
 * others get an error. trio.testing.Sequencer.
 *
 * @example
 * ```ts
 * const log: string[] = []
 * await run(async () => {
 *   const sequence = new Sequencer()
 *   const late = createTask(async () => {
 *     await using point = await sequence.at(1)
 *     log.push('second')
 *   })
 *   await sleep(10)
 *   {
 *     using point = await sequence.at(0)
 *     log.push('first')
 *   }
 *   await late
 * })
 * log // => ['first', 'second']
 * ```
 */
export class Sequencer {
  readonly #waiting = new Map<number, Future<void>>()
  readonly #taken = new Set<number>()
  #reached = 0
  #isBroken = false

  /**
   * Waits for the turn of `point`, a whole number from 0.
   *
   * @throws {@link RuntimeError} if somebody has come to this point before, or the order is broken
   * @throws {@link RangeError} if `point` is no whole number from 0
   */
  at(point: number): Coroutine<SequencePoint> {
    return waitFor(this, point)
  }

  /** @internal */
  *_wait(point: number): Generator<never, SequencePoint, unknown> {
    if (!Number.isInteger(point) || point < 0) {
      throw new RangeError(`Sequencer.at expected a whole number from 0, got ${point}`)
    }
    if (this.#taken.has(point)) {
      throw new RuntimeError(`somebody has come to point ${point} already: give each its own`)
    }
    this.#check()
    this.#taken.add(point)
    if (point !== this.#reached) {
      const future = getRunningLoop().createFuture<void>()
      this.#waiting.set(point, future)
      try {
        yield* future as Iterable<never, void>
      } catch (error) {
        this.#break()
        throw error
      } finally {
        this.#waiting.delete(point)
      }
      this.#check()
    }
    return new Point(() => this.#leave(point))
  }

  #leave(point: number): void {
    if (point !== this.#reached) return
    this.#reached = point + 1
    const next = this.#waiting.get(this.#reached)
    if (next !== undefined && !next.done()) next.setResult()
  }

  #break(): void {
    this.#isBroken = true
    for (const future of this.#waiting.values()) if (!future.done()) future.setResult()
  }

  #check(): void {
    if (!this.#isBroken) return
    throw new RuntimeError('the order is broken: a task was cancelled that waited for its turn')
  }
}

const waitFor = coroutine(function* at(sequencer: Sequencer, point: number) {
  return yield* sequencer._wait(point)
})

class Point implements SequencePoint {
  #leave: () => void

  constructor(leave: () => void) {
    this.#leave = leave
  }

  [Symbol.dispose](): void {
    const leave = this.#leave
    this.#leave = () => {}
    leave()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]()
  }
}
