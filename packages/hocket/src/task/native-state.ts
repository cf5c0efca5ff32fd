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
    if (waits.length < 2) return refused.length < waits.length
    // Each strand throws its own.
    for (const wait of refused) wait._turn = cancellation
    return true
  }

  listFrames(): string[] {
    return [
      ...[...(this.frames ?? [])].flatMap((frame) => frame.names),
      ...[...this].flatMap((wait) => wait._listFrames()),
    ]
  }
}
