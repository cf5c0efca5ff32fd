import type { EventLoop } from 'hocket'
import { NewsWaiter } from '../base/unbound.ts'

/** Chunks on their way from a task to undici, one at a time: the task waits until it has been taken. */
export class ChunkBridge implements AsyncIterableIterator<Uint8Array> {
  readonly #loop: EventLoop
  #asked: ((result: IteratorResult<Uint8Array, undefined>) => void) | null = null
  #refuse: ((error: unknown) => void) | null = null
  #wanted: NewsWaiter | null = null
  #failure: { error: unknown } | null = null
  #isEnded = false
  #isLeft = false

  constructor(loop: EventLoop) {
    this.#loop = loop
  }

  // The task's side.

  /** Somebody wants a chunk; null if that is so already. */
  waitForDemand(): NewsWaiter | null {
    if (this.#asked !== null || this.#isLeft) return null
    this.#wanted = new NewsWaiter(this)
    return this.#wanted
  }

  /** Nobody will take another one. */
  get isLeft(): boolean {
    return this.#isLeft
  }

  /** To be called when there is demand. */
  put(chunk: Uint8Array): void {
    this.#answer({ done: false, value: chunk })
  }

  end(): void {
    this.#isEnded = true
    this.#answer({ done: true, value: undefined })
  }

  fail(error: unknown): void {
    this.#failure = { error }
    const refuse = this.#refuse
    this.#asked = null
    this.#refuse = null
    refuse?.(error)
  }

  describe(): string {
    return 'the connection to take more of the body of a request'
  }

  // undici's side.

  next(): Promise<IteratorResult<Uint8Array, undefined>> {
    if (this.#failure !== null) return Promise.reject(this.#failure.error as Error)
    if (this.#isEnded || this.#isLeft) return Promise.resolve({ done: true, value: undefined })
    return new Promise((resolve, reject) => {
      this.#asked = resolve
      this.#refuse = reject
      this.#wake()
    })
  }

  return(): Promise<IteratorResult<Uint8Array, undefined>> {
    this.#isLeft = true
    this.#wake()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  #answer(result: IteratorResult<Uint8Array, undefined>): void {
    const asked = this.#asked
    this.#asked = null
    this.#refuse = null
    asked?.(result)
  }

  #wake(): void {
    const wanted = this.#wanted
    this.#wanted = null
    if (!this.#loop.isClosed()) wanted?.wake()
  }
}
