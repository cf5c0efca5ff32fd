import { LinkedList } from '../base/linked-list.ts'
import type { Cancellation } from '../future/cancellation.ts'
import { NativeFrame, type Reaction } from '../future/reaction.ts'

/**
 * What a task needs beyond its frames once native async code runs in it. As a list, it is what that
 * code awaits: one thing, or several under a `Promise.all`.
 */
export class NativeState extends LinkedList<Reaction<never>> {
  /** It awaits something that is not Hocket's. */
  isForeign = false
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
  /** How many of those awaits have not woken yet. */
  left = 0
  /** The step that is under way has begun with one of them. */
  isWaking = false
  // The async-function coroutines that are under way inside others.
  private frames: LinkedList<NativeFrame> | null = null

  enter(name: string, outer: string[] = []): NativeFrame {
    const frame = new NativeFrame(name, outer)
    this.frames ??= new LinkedList()
    this.frames.push(frame)
    return frame
  }

  leave(frame: NativeFrame): void {
    this.frames?.remove(frame)
  }

  /** Asks everything that is awaited to cancel; false if the task has to throw it by itself. */
  cancel(cancellation: Cancellation): boolean {
    const waits = [...this]
    const refused = waits.filter((wait) => !wait._cancel(cancellation))
    if (waits.length < 2 && refused.length === waits.length) return false
    // Each strand throws its own.
    for (const wait of refused) wait._turn = cancellation
    this.accepted = cancellation
    this.left = waits.length
    return true
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

  /** The task's code has gone on. */
  settle(): void {
    this.isSignalled = false
    if (!this.isWaking) return
    this.isWaking = false
    this.accepted = null
  }

  isInCall(): boolean {
    return this.frames !== null && this.frames.first !== null
  }

  listFrames(): string[] {
    return [
      ...[...(this.frames ?? [])].flatMap((frame) => frame.names),
      ...[...this].flatMap((wait) => wait._listFrames()),
    ]
  }
}
