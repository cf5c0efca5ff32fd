import { BrokenExecutor, type ConcurrentFuture, DataCloneProblem } from '@hocket/executors'

type Future = ConcurrentFuture<unknown>

/** How a call should come out, unless its worker dies or somebody cancels it. */
export type Expected = { readonly result: unknown } | { readonly error: 'raised' | 'refused' }

/** What has become of the calls. */
export class Tally {
  accepted = 0
  /** Calls that called back more than once. */
  twice = 0
  /** Results and errors that nobody had asked for; the first few are kept. */
  wrong = 0
  readonly examples: string[] = []
  longestMs = 0
  readonly outcomes = { returned: 0, raised: 0, refused: 0, broken: 0, cancelled: 0 }
  readonly #open = new Set<Future>()

  get settled(): number {
    return Object.values(this.outcomes).reduce((sum, count) => sum + count, 0) + this.wrong
  }

  /** Calls that have not come out yet. */
  get open(): number {
    return this.#open.size
  }

  /** Follows a call that an executor has accepted; then calls `next`. */
  follow(future: Future, expected: Expected, next: () => void = () => {}): void {
    const begun = performance.now()
    this.accepted += 1
    this.#open.add(future)
    let calls = 0
    future.addDoneCallback(() => {
      calls += 1
      if (calls > 1) {
        this.twice += 1
        return
      }
      this.#open.delete(future)
      this.longestMs = Math.max(this.longestMs, performance.now() - begun)
      this.#count(future, expected)
      next()
    })
  }

  #count(future: Future, expected: Expected): void {
    if (future.cancelled()) {
      this.outcomes.cancelled += 1
      return
    }
    let result: unknown
    try {
      result = future.resultSync()
    } catch (error) {
      this.#countError(error, expected)
      return
    }
    if ('result' in expected && expected.result === result) this.outcomes.returned += 1
    else this.#blame(`unexpected result ${String(result)}`)
  }

  #countError(error: unknown, expected: Expected): void {
    const wanted = 'error' in expected ? expected.error : null
    if (error instanceof BrokenExecutor) this.outcomes.broken += 1
    else if (wanted === 'raised' && error instanceof RangeError) this.outcomes.raised += 1
    else if (wanted === 'refused' && isRefusal(error)) this.outcomes.refused += 1
    else this.#blame(error instanceof Error ? `${error.stack}` : String(error))
  }

  #blame(what: string): void {
    this.wrong += 1
    if (this.examples.length < 3) this.examples.push(what)
  }
}

/** A result that cannot travel: it is a function, or has one somewhere inside. */
function isRefusal(error: unknown): boolean {
  return (
    error instanceof DataCloneProblem ||
    (error instanceof TypeError && /travel/.test(error.message))
  )
}
