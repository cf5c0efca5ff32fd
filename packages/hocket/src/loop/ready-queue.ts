import { Deque } from '../base/deque.ts'
import type { Runnable } from './handle.ts'

/**
 * Chooses what runs next: gets how many handles of this iteration are left and gives the index of
 * the one to run (0 is the oldest). For tests; without one the order is FIFO.
 */
export type Chooser = (count: number, at: (index: number) => Runnable) => number

/** What is ready to run. The one place that decides what runs next. */
export class ReadyQueue extends Deque<Runnable> {
  chooser: Chooser | null = null

  /** Takes the next handle among the oldest `count`. */
  takeNext(count: number): Runnable {
    if (this.chooser === null) return this.shift()
    return this.take(this.chooser(count, (index) => this.at(index)))
  }
}
