import { RuntimeError } from '../errors/errors.ts'
import { FRAME, finished, handedOver, type Suspension } from '../future/suspension.ts'

/** A generator that is a coroutine's body, or was handed over as one. */
export type Body = Generator<unknown, unknown, unknown>

/** In `pending`: nothing of the body has run. */
export const kNotBegun: unique symbol = Symbol('not begun')
/** In `pending`: there is nothing to take. */
export const kTaken: unique symbol = Symbol('taken')

/**
 * One activation of a generator coroutine, and the iterator of the `yield*` that calls it. Once it
 * suspends, it hands itself to the driver, which from then on resumes the innermost frame directly: a
 * resume costs the same at any depth.
 */
export interface Frame extends Iterator<Suspension, unknown, unknown> {
  /** Swapped for the clean-up when the body has ended with resources in use. */
  body: Body
  readonly name: string
  /** The frame that goes on with this one's outcome. Set by the driver. */
  caller: Frame | null
  /** What the body yielded when it was started inline; the driver takes it from here. */
  pending: unknown
  /** What `use` has opened in this frame; only `use` knows the class, so that it costs who uses it. */
  resources: { close(outcome: unknown, isError: boolean): Body } | null
  /** For the driver: this is a frame, and it is being handed over. */
  readonly _kind: typeof FRAME | undefined
  /** False as long as nobody awaits the coroutine that this is. */
  readonly _hasBegun?: boolean
}

// A callee is started on the native stack, inside its caller: a call that never suspends costs the
// driver nothing. Deeper than this, the driver starts it, so that no recursion overflows the stack.
const DEEPEST_INLINE = 200
let depth = 0

/** The driver goes on from its own base of the native stack. */
export function resetInlineDepth(): void {
  if (depth !== 0) depth = 0
}

/**
 * `next` of a frame: starts the body, or gives the outcome that the driver has passed in. Both classes
 * have it as their own method, since a call in between would show in every stack.
 */
export function callFrame<T>(this: Frame, value?: unknown): IteratorResult<Suspension, T> {
  if (this.pending !== kNotBegun) return finished(value as T)
  if (this._hasBegun === false) throw steppedByHand(this)
  if (depth >= DEEPEST_INLINE) return handedOver(this)
  this.pending = kTaken
  depth += 1
  // A throw passes by the decrement; that only brings the next hand-over to the driver closer.
  const result = this.body.next()
  depth -= 1
  if (result.done === true) return result as IteratorReturnResult<T>
  this.pending = result.value
  return handedOver(this)
}

function steppedByHand({ name }: Frame): RuntimeError {
  return new RuntimeError(
    `the coroutine ${name} has not been awaited, so nothing can step it: await it, yield* it, or give it to createTask()`,
  )
}

/** The frame of a generator that is no coroutine by itself. */
export class BareFrame implements Frame {
  declare body: Body
  declare readonly name: string
  declare caller: Frame | null
  declare pending: unknown
  declare resources: Frame['resources']
  declare next: typeof callFrame<unknown>

  static {
    BareFrame.prototype.next = callFrame
  }

  constructor(body: Body, name: string) {
    this.body = body
    this.name = name
    this.caller = null
    this.pending = kNotBegun
    this.resources = null
  }

  get _kind(): typeof FRAME {
    return FRAME
  }

  [Symbol.iterator](): this {
    return this
  }

  throw(error: unknown): never {
    throw error
  }
}

/** The names of `innermost` and its callers, from the outermost. */
export function listFrames(innermost: Frame | null): string[] {
  const names: string[] = []
  for (let frame = innermost; frame !== null; frame = frame.caller) names.push(frame.name)
  return names.reverse()
}
