import { type Linked, LinkedList } from '../base/linked-list.ts'
import type { Host } from '../loop/host.ts'
import type { Cancellation } from './cancellation.ts'
import type { Future } from './future.ts'
import { NativeFrame, type NativeTask, type Reaction } from './reaction.ts'
import { abortScopes, findShield, isInside, type Scope } from './scope.ts'

/** A strand of a task that has scopes of its own, as the state of what is around it sees it. */
export interface InnerStrand extends NativeTask, Linked<InnerStrand> {
  readonly _native: NativeState
}

/**
 * What a task needs beyond its frames once native async code runs in it, and a strand that has scopes.
 * As a list, it is what that code awaits: one thing, or several under a `Promise.all`.
 */
export class NativeState extends LinkedList<Reaction<never>> {
  /** It awaits something that is not Hocket's. Of a whole task. */
  isForeign = false
  /** Of its signal, if somebody has asked for that. Of a whole task. */
  controller: AbortController | null = null
  /** Its signal has been asked for since its last await of something of Hocket's. */
  isSignalled = false
  /** A cancellation that has just aborted that signal: it may come back as the error of an await. */
  aborted: Cancellation | null = null
  /** One that has most likely come back so: the next await passes, the one after it throws. */
  held: Cancellation | null = null
  /**
   * One that awaits have accepted. They may be left over from a `Promise.race` that is long decided,
   * so it counts as delivered only when code goes on from one of them.
   */
  accepted: Cancellation | null = null
  /** The last one that code has gone on from: what a shield has held of it is no news to that code. */
  delivered: Cancellation | null = null
  /** How many of those awaits have not woken yet. */
  left = 0
  /** The step that is under way has begun with one of them. */
  isWaking = false
  /** How many requests the strands inside have made that are not undone. Of a whole task. */
  requests = 0
  // Made for the first that has scopes of its own: nearly no task has any.
  private inner: LinkedList<InnerStrand> | null = null
  // The async-function coroutines that are under way inside others.
  private frames: LinkedList<NativeFrame> | null = null

  /** Strands that have scopes of their own. */
  get strands(): Iterable<InnerStrand> {
    return this.inner ?? []
  }

  addStrand(strand: InnerStrand): void {
    this.inner ??= new LinkedList()
    this.inner.push(strand)
  }

  removeStrand(strand: InnerStrand): void {
    this.inner?.remove(strand)
  }

  enter(name: string, outer: string[] = []): NativeFrame {
    const frame = new NativeFrame(name, outer)
    this.frames ??= new LinkedList()
    this.frames.push(frame)
    return frame
  }

  leave(frame: NativeFrame): void {
    this.frames?.remove(frame)
  }

  /** This and those of the strands inside. */
  *all(): Generator<NativeState, void, undefined> {
    yield this
    for (const strand of this.strands) yield* strand._native.all()
  }

  /** The strands inside, and those inside them. */
  *allStrands(): Generator<InnerStrand, void, undefined> {
    for (const strand of this.strands) {
      yield strand
      yield* strand._native.allStrands()
    }
  }

  /** Everything that is awaited, here and in the strands inside. */
  listWaits(): Reaction<never>[] {
    if (this.first === null && this.inner === null) return []
    return [...this.all()].flatMap((native) => [...native])
  }

  /** Asks everything that is awaited to cancel; false if the task has to throw it by itself. */
  cancel(cancellation: Cancellation, scope: Scope | null): boolean {
    const { waits, isHeld } = this.findWaits(cancellation, scope)
    const refused = waits.filter((wait) => !wait._cancel(cancellation))
    if (waits.length < 2 && refused.length === waits.length && !isHeld) return false
    // Each strand throws its own.
    for (const wait of refused) wait._turn = cancellation
    this.accepted = cancellation
    this.left = waits.length
    return true
  }

  /** Asks what is awaited inside `scope`, whose every further suspension will throw anyway. */
  cancelLevel(cancellation: Cancellation, scope: Scope): void {
    for (const wait of this) if (!wait._isShielded(null, scope)) wait._cancel(cancellation)
    for (const strand of this.strands)
      if (isInside(strand._inner, scope)) strand._deliverLevel(cancellation, scope)
  }

  /** What is awaited inside `scope`, or anywhere. Shields keep the cancellation for later. */
  private findWaits(
    cancellation: Cancellation,
    scope: Scope | null,
  ): { waits: Reaction<never>[]; isHeld: boolean } {
    const waits: Reaction<never>[] = []
    let isHeld = false
    for (const wait of this) {
      if (wait._isShielded(cancellation, scope)) isHeld = true
      else waits.push(wait)
    }
    for (const strand of this.strands) {
      if (scope !== null && !isInside(strand._inner, scope)) continue
      const shield = findShield(strand, scope)
      if (shield === null) {
        abortScopes(strand, scope, cancellation)
        const found = strand._native.findWaits(cancellation, scope)
        waits.push(...found.waits)
        isHeld ||= found.isHeld
      } else {
        shield.held ??= cancellation
        isHeld = true
      }
    }
    return { waits, isHeld }
  }

  /** One of the awaits wakes. */
  wake(): void {
    if (this.accepted === null) return
    this.left -= 1
    this.isWaking = true
  }

  /** The step has ended without a word of the task: was nobody behind any of the awaits? */
  takeUndelivered(): Cancellation | null {
    if (!this.isWaking) return null
    this.isWaking = false
    if (this.left > 0) return null
    const { accepted } = this
    this.accepted = null
    return accepted
  }

  /**
   * The task's code has gone on: whether a cancellation has come to it is seen by that. Gives what it
   * has still to throw, of which `late` was to come.
   */
  goOn(late: Cancellation | null): Cancellation | null {
    this.isSignalled = false
    if (this.isWaking) {
      this.isWaking = false
      this.delivered = this.accepted ?? this.delivered
      this.accepted = null
    }
    const next = this.held ?? late
    this.held = null
    const { aborted } = this
    this.aborted = null
    if (aborted === null || aborted !== next) return next
    this.held = next
    return null
  }

  /**
   * `cancellation` has aborted a signal that a foreign await may listen to. What listens ends within
   * this turn of the host; what ends later did not listen.
   */
  expectBack(cancellation: Cancellation, host: Host): void {
    this.aborted = cancellation
    host.requestTurn(() => {
      this.aborted = null
    })
  }

  /** The requests have been undone: what is awaited throws only what it is given itself. */
  forget(): void {
    this.held = null
    this.accepted = null
    this.delivered = null
    for (const wait of this) wait._forget()
  }

  isInCall(): boolean {
    return this.frames !== null && this.frames.first !== null
  }

  listFrames(): string[] {
    return [
      ...[...(this.frames ?? [])].flatMap((frame) => frame.names),
      ...this.listWaits().flatMap((wait) => wait._listFrames()),
    ]
  }

  listTargets(): Future<unknown>[] {
    return this.listWaits().flatMap((wait) => wait._target() ?? [])
  }
}
