import type { Cancellation } from './cancellation.ts'
import type { NativeTask } from './reaction.ts'
import { type Driver, Suspension } from './suspension.ts'

/**
 * A part of a task's code that can be cancelled by itself: the body of a timeout, of a group, of a
 * CancelScope. A generator coroutine enters it by `yield scope` and leaves it by `leave()`.
 *
 * Scopes form a chain from the innermost outwards, past the start of a child of a group.
 */
export class Scope extends Suspension {
  /** Whose code is inside. Set on entering. */
  declare strand: NativeTask
  declare outer: Scope | null
  /** Present once it is cancelled for good: from then on every suspension inside throws it. */
  declare cancellation: Cancellation | null
  declare protected _isShield: boolean
  /** What has come to a shield from outside: it is delivered when the shield is left. */
  declare held: Cancellation | null
  declare private _controller: AbortController | null
  /** Tasks of groups that were opened inside, which belong to it as well. */
  declare members: Set<NativeTask> | null

  constructor() {
    super()
    this.outer = null
    this.cancellation = null
    this._isShield = false
    this.held = null
    this._controller = null
    this.members = null
  }

  /** @internal */
  _suspend(driver: Driver): boolean {
    driver._enterScope(this)
    return false
  }

  /** Called by `driver._enterScope`. */
  enter(strand: NativeTask): void {
    this.strand = strand
    this.outer = strand._inner
    strand._inner = this
    if (this._isShield) this._holdBack()
  }

  leave(): void {
    this.strand._inner = this.outer
    this._release()
  }

  isShield(): boolean {
    return this._isShield
  }

  setShield(isShield: boolean): void {
    this._isShield = isShield
    if (this.strand === undefined) return
    if (isShield) {
      this._holdBack()
      return
    }
    const { held } = this
    this.held = null
    if (held !== null) this.strand._deliver(held, this)
    const cancellation = findCancellation(this.outer)
    if (cancellation !== null) this.strand._deliverLevel(cancellation, this)
  }

  /** Aborts when this is cancelled, or what is around it. */
  get signal(): AbortSignal {
    if (this._controller === null) {
      this._controller = new AbortController()
      const cancellation = findCancellation(this)
      if (cancellation !== null) this.abort(cancellation)
    }
    return this._controller.signal
  }

  abort(cancellation: Cancellation): void {
    this._controller?.abort(cancellation.takeError(this.strand._loop))
  }

  /** An AbortError of what was given the signal is the cancellation in other words. */
  isAbort(error: unknown): boolean {
    return (
      this._controller?.signal.aborted === true && (error as Error | null)?.name === 'AbortError'
    )
  }

  /** A cancellation that is on its way stays outside. */
  private _holdBack(): void {
    this.held ??= this.strand._late
    this.strand._late = null
  }

  private _release(): void {
    const { held } = this
    if (held === null) return
    this.held = null
    const shield = findShield(this.outer, null)
    if (shield === null) this.strand._late ??= held
    else shield.held ??= held
  }
}

/** What every suspension inside `innermost` throws; null if nothing around it is cancelled. */
export function findCancellation(innermost: Scope | null): Cancellation | null {
  for (let scope = innermost; scope !== null; scope = scope.outer) {
    if (scope.cancellation !== null) return scope.cancellation
    if (scope.isShield()) return null
  }
  return null
}

/** A shield between code inside `innermost` and `end`, which is outside it; the outermost of them. */
export function findShield(innermost: Scope | null, end: Scope | null): Scope | null {
  let found: Scope | null = null
  const task = innermost?.strand._task
  for (let scope = innermost; scope !== null && scope !== end; scope = scope.outer) {
    // Past the start of a task nothing can hold back what is meant for the task itself.
    if (end === null && scope.strand._task !== task) break
    if (scope.isShield()) found = scope
  }
  return found
}

/** True if `innermost` is `scope` or inside it. */
export function isInside(innermost: Scope | null, scope: Scope): boolean {
  for (let inner = innermost; inner !== null; inner = inner.outer) if (inner === scope) return true
  return false
}
