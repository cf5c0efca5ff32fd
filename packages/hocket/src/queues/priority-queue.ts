import { Heap } from './heap.ts'
import { isLess } from './less.ts'
import { Queue } from './queue.ts'

/** How a {@link PriorityQueue} orders its items. */
export interface PriorityQueueOptions<T> {
  /** Negative if `a` comes before `b`, as for `Array.prototype.sort`. */
  compare?: ((a: T, b: T) => number) | undefined
}

/**
 * A {@link Queue} that gives the least item. asyncio.PriorityQueue, CPython 3.13.
 *
 * The order is Python's `<`: numbers, strings (by UTF-16 code units), and arrays of these by the
 * first place in which they differ, such as `[priority, count, item]`; or that of `compare`. Equal
 * items come out in the order that CPython's heap gives them, which is not that of putting.
 *
 * @throws {@link TypeError} from `put` and `putNowait` if an item cannot be ordered; it is not put then
 *
 * @example
 * ```ts
 * const queue = new PriorityQueue<[number, string]>()
 * queue.putNowait([2, 'later'])
 * queue.putNowait([1, 'first'])
 * queue.getNowait() // => [1, 'first']
 * ```
 */
export class PriorityQueue<T> extends Queue<T> {
  constructor(maxsize = 0, options: PriorityQueueOptions<T> = {}) {
    const { compare } = options
    if (compare !== undefined && typeof compare !== 'function') {
      throw new TypeError(
        `the compare of a PriorityQueue must be a function (a, b) => number, got ${String(compare)}`,
      )
    }
    super(maxsize, new Heap<T>(compare === undefined ? isLess : (a, b) => compare(a, b) < 0))
  }

  protected override get _name(): string {
    return 'PriorityQueue'
  }
}
