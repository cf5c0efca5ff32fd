import { Deque } from '../base/deque.ts'
import { Future } from '../future/future.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { MapSink } from './map-run.ts'

/** Results of a stream that nobody has taken yet. */
export interface Arrivals extends MapSink {
  hasNext(): boolean
  take(): unknown
  /** Done when there may be a result, or none will come. */
  wait(loop: EventLoop): Future<void>
}

export function arrivalsFor(isOrdered: boolean): Arrivals {
  return isOrdered ? new Ordered() : new AsTheyCome()
}

abstract class Waited {
  readonly result = undefined
  #arrival: Future<void> | null = null

  abstract hasNext(): boolean

  wait(loop: EventLoop): Future<void> {
    this.#arrival = new NextResult({ loop })
    return this.#arrival
  }

  end(): void {
    const arrival = this.#arrival
    this.#arrival = null
    if (arrival !== null && !arrival.done()) arrival._resolve()
  }

  protected _tell(): void {
    if (this.hasNext()) this.end()
  }
}

class NextResult extends Future<void> {
  override _describeSubject(): string {
    return 'the next result of a map()'
  }
}

class AsTheyCome extends Waited implements Arrivals {
  readonly #results = new Deque<unknown>()

  get held(): number {
    return this.#results.length
  }

  put(_index: number, result: unknown): void {
    this.#results.push(result)
    this._tell()
  }

  hasNext(): boolean {
    return this.#results.length > 0
  }

  take(): unknown {
    return this.#results.shift()
  }
}

class Ordered extends Waited implements Arrivals {
  readonly #results = new Map<number, unknown>()
  #next = 0

  get held(): number {
    return this.#results.size
  }

  put(index: number, result: unknown): void {
    this.#results.set(index, result)
    this._tell()
  }

  hasNext(): boolean {
    return this.#results.has(this.#next)
  }

  take(): unknown {
    const result = this.#results.get(this.#next)
    this.#results.delete(this.#next)
    this.#next += 1
    return result
  }
}
