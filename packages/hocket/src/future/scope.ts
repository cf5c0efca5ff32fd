import { CancelledError, isCancelledError } from '../errors/errors.ts'
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
  // What its signal has to be aborted with, if somebody asks for one.
  declare private _aborted: Cancellation | null
  /** Its code knows that what is around it is cancelled, and is not to be told again. */
  declare hasTakenNote: boolean
  /** When it will be cancelled, in ms of the loop's time. */
  declare deadline: number
  /** Tasks of groups that were opened inside, which belong to it as well. */
  declare members: Set<NativeTask> | null

  /** It is cancelled for good, if at all: tasks of groups inside belong to it. */
  declare readonly isLevel: boolean

  constructor(isLevel = false) {
    super()
    this.isLevel = isLevel
    this.outer = null
    this.cancellation = null
    this._isShield = false
    this.held = null
    this.deadline = Infinity
    this.hasTakenNote = false
    this._controller = null
    this._aborted = null
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

  /** Aborts when this is cancelled, what is around it, or the task. */
  get signal(): AbortSignal {
    this.strand?._noteSignalled()
    if (this._controller === null) {
      this._controller = new AbortController()
      const cancellation = this._aborted ?? findCancellation(this)
      if (cancellation !== null) this.abort(cancellation)
    }
    return this._controller.signal
  }

  abort(cancellation: Cancellation): void {
    this._aborted = cancellation
    this._controller?.abort(cancellation.takeError(this.strand._loop))
  }

  /** The requests have been undone: who asks for a signal from now on gets a fresh one. */
  renew(): void {
    this.held = null
    if (this.cancellation !== null) return
    this._aborted = null
    if (this._controller?.signal.aborted === true) this._controller = null
  }

  /**
   * `error` as the cancellation that it is, null for any other: the AbortError of what was given the
   * signal is one in other words.
   */
  asCancelled(error: unknown): CancelledError | null {
    if (isCancelledError(error)) return error
    const isAbort =
      this._controller?.signal.aborted === true && (error as Error | null)?.name === 'AbortError'
    if (!isAbort) return null
    return new CancelledError(this._aborted?.reason, { by: this._aborted?.by, cause: error })
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
    throwLater(this.strand, held)
  }
}

/**
 * The next suspension of `strand` throws `cancellation`; behind a shield that keeps out the like, the
 * one after it.
 */
export function throwLater(strand: NativeTask, cancellation: Cancellation): void {
  const { scope } = cancellation
  // It may have come by another task, and from a scope there.
  const end = scope !== null && scope.strand._task === strand._task ? scope : null
  const target = findShield(strand, end)
  if (target === null) strand._late ??= cancellation
  else target.held ??= cancellation
}

/** What every suspension inside `innermost` throws; null if nothing around it is cancelled. */
export function findCancellation(innermost: Scope | null): Cancellation | null {
  for (let scope = innermost; scope !== null; scope = scope.outer) {
    if (scope.cancellation !== null) return scope.cancellation
    if (scope.isShield() || scope.hasTakenNote) return null
  }
  return null
}

/**
 * A shield between code of `strand` and `end`, a scope around it, or null for the task itself; of
 * several, the outermost.
 */
export function findShield(strand: NativeTask, end: Scope | null): Scope | null {
  if (strand._inner === null) return null
  let found: Scope | null = null
  for (const scope of scopesOf(strand, end)) if (scope !== end && scope.isShield()) found = scope
  return found
}

/** Aborts the signals that were given out by `strand` inside `end`, or anywhere. */
export function abortScopes(
  strand: NativeTask,
  end: Scope | null,
  cancellation: Cancellation,
): void {
  if (strand._inner === null) return
  for (const scope of scopesOf(strand, end)) scope.abort(cancellation)
}

/** The scopes that `strand` is in, from the innermost up to `end`, or to where its task begins. */
export function* scopesOf(
  strand: NativeTask,
  end: Scope | null,
): Generator<Scope, void, undefined> {
  for (let scope = strand._inner; scope !== null; scope = scope.outer) {
    if (end === null && scope.strand._task !== strand._task) return
    yield scope
    if (scope === end) return
  }
}

/** The tasks that belong to scopes of `strand` inside `end`, and not to a shield there. */
export function membersInside(strand: NativeTask, end: Scope): NativeTask[] {
  let members: NativeTask[] = []
  for (const scope of scopesOf(strand, end)) {
    if (scope.strand === strand && scope.members !== null) members.push(...scope.members)
    if (scope.isShield() && scope !== end) members = []
  }
  return members
}

/** The nearest scope, from `innermost` outwards, that was made to be cancelled for good. */
export function nearestLevel(innermost: Scope | null): Scope | null {
  let scope = innermost
  while (scope !== null && !scope.isLevel) scope = scope.outer
  return scope
}

/** True if `innermost` is `scope` or inside it. */
export function isInside(innermost: Scope | null, scope: Scope): boolean {
  for (let inner = innermost; inner !== null; inner = inner.outer) if (inner === scope) return true
  return false
}
