/** What an {@link Acquired} is a piece of. */
export interface Lender {
  /** @internal Releases what was acquired for `owner`, unless that has been done already. */
  _takeBack(owner: unknown): void
}

/**
 * What `acquire()` gives: it is held until `release()`, or to the end of the block or coroutine.
 * Releasing it again does nothing.
 *
 * @example
 * ```ts
 * const lock = new Lock()
 * const increment = coroutine(function* () {
 *   yield* use(lock.acquire())
 *   yield* sleep(1)
 *   return lock.locked()
 * })
 * await run(increment()) // => true
 * lock.locked() // => false
 * ```
 */
export class Acquired implements Disposable, AsyncDisposable {
  declare private _lender: Lender | null
  declare private readonly _owner: unknown

  /** @internal */
  constructor(lender: Lender, owner: unknown) {
    this._lender = lender
    this._owner = owner
  }

  release(): void {
    const lender = this._lender
    if (lender === null) return
    this._lender = null
    lender._takeBack(this._owner)
  }

  /** For `using`: releases it. */
  [Symbol.dispose](): void {
    this.release()
  }

  /** For `await using` and `use()`: releases it, at once. */
  [Symbol.asyncDispose](): PromiseLike<void> {
    this.release()
    // No promise: the generator that closes this would have to wait for it, for one iteration.
    return undefined as unknown as PromiseLike<void>
  }
}
