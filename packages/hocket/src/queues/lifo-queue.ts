import { Queue, type Store } from './queue.ts'

class Stack<T> implements Store<T> {
  readonly #items: T[] = []

  get length(): number {
    return this.#items.length
  }

  push(item: T): void {
    this.#items.push(item)
  }

  shift(): T {
    return this.#items.pop() as T
  }
}

/**
 * A {@link Queue} that gives the item that was put last. asyncio.LifoQueue, CPython 3.13.
 *
 * @example
 * ```ts
 * const queue = new LifoQueue<string>()
 * for (const item of ['a', 'b', 'c']) queue.putNowait(item)
 * queue.getNowait() // => 'c'
 * ```
 */
export class LifoQueue<T> extends Queue<T> {
  constructor(maxsize = 0) {
    super(maxsize, new Stack<T>())
  }

  protected override get _name(): string {
    return 'LifoQueue'
  }
}
