import type { EventLoop } from './event-loop.ts'
import type { Runnable } from './handle.ts'

/** Debug mode's watch on time: names the step, or the iteration, that held the loop for too long. */
export class SlowReport {
  readonly #loop: EventLoop
  #iterationBegan = 0
  #stepBegan = 0
  #step = ''

  constructor(loop: EventLoop) {
    this.#loop = loop
    this.#iterationBegan = loop.time()
    this.#stepBegan = loop.time()
  }

  iterationBegins(): void {
    this.#iterationBegan = this.#loop.time()
  }

  iterationEnds(): void {
    this.#check(this.#iterationBegan, () => 'an iteration of the loop (many short steps in a row)')
  }

  /** Runs one handle; a native step goes on behind it, until `stepEnds`. */
  run(runnable: Runnable): void {
    this.#stepBegan = this.#loop.time()
    this.#step = String(runnable)
    runnable._run()
    if (this.#loop._native === null) this.stepEnds()
  }

  stepEnds(): void {
    if (this.#check(this.#stepBegan, () => this.#step)) this.#iterationBegan = this.#loop.time()
  }

  #check(began: number, what: () => string): boolean {
    const took = this.#loop.time() - began
    const isSlow = took > this.#loop.slowCallbackDuration
    if (isSlow) {
      this.#loop.callExceptionHandler({
        message: `${what()} took ${took.toFixed(0)} ms: nothing else of this loop could run meanwhile. Move blocking work to an executor, or give way by sleep(0)`,
      })
    }
    return isSlow
  }
}
