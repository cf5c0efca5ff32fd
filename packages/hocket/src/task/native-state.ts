import { LinkedList } from '../base/linked-list.ts'
import type { Cancellation } from '../future/cancellation.ts'
import { NativeFrame, type Reaction } from '../future/reaction.ts'

/** What a task needs beyond its frames once native async code runs in it. */
export class NativeState {
  /** What the code awaits; several under a `Promise.all`. */
  readonly waits: LinkedList<Reaction<never>> = new LinkedList()
  /** The async-function coroutines that are under way. */
  readonly frames: LinkedList<NativeFrame> = new LinkedList()
  /** It awaits something that is not Hocket's. */
  isForeign = false

  enter(name: string): NativeFrame {
    const frame = new NativeFrame(name)
    this.frames.push(frame)
    return frame
  }

  /** Asks everything that is awaited to cancel; true if anything accepts. */
  cancel(cancellation: Cancellation): boolean {
    let isAccepted = false
    for (const wait of this.waits) isAccepted = wait._cancel(cancellation) || isAccepted
    return isAccepted
  }

  listFrames(): string[] {
    return [
      ...[...this.frames].map((frame) => frame.name),
      ...[...this.waits].flatMap((wait) => wait._listFrames()),
    ]
  }
}
