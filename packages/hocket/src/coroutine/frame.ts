import { type Driver, FRAME, finished, Suspension, suspended } from '../future/suspension.ts'

/** A generator that is a coroutine's body, or was handed over as one. */
export type Body = Generator<unknown, unknown, unknown>

// A callee is started on the native stack, inside its caller: a call that never suspends costs the
// driver nothing. Deeper than this, the driver starts it, so that no recursion overflows the stack.
const DEEPEST_INLINE = 200
let depth = 0

/** The driver goes on from its own base of the native stack. */
export function resetInlineDepth(): void {
  if (depth !== 0) depth = 0
}

/**
 * One activation of a generator coroutine. To its caller it is the iterator of a `yield*`; once it
 * suspends, it hands itself to the driver, which from then on resumes the innermost frame directly:
 * a resume costs the same at any depth.
 */
export class Frame extends Suspension implements Iterator<Suspension, unknown, unknown> {
  /** Swapped for the clean-up when the body has ended with resources in use. */
  declare body: Body
  declare readonly name: string
  /** The frame that goes on with this one's outcome. Set by the driver. */
  declare caller: Frame | null
  /** What the body yielded when it was started inline; the driver takes it from here. */
  declare pending: unknown
  declare hasBegun: boolean
  /** What `use` has opened in this frame; only `use` knows the class, so that it costs who uses it. */
  declare resources: { close(outcome: unknown, isError: boolean): Body } | null

  constructor(body: Body, name: string) {
    super()
    this.body = body
    this.name = name
    this.caller = null
    this.pending = undefined
    this.hasBegun = false
    this.resources = null
  }

  next(value?: unknown): IteratorResult<Suspension, unknown> {
    if (this.hasBegun) return finished(value)
    if (depth >= DEEPEST_INLINE) return suspended(this)
    this.hasBegun = true
    depth += 1
    // A throw passes by the decrement; that only brings the next hand-over to the driver closer.
    const result = this.body.next()
    depth -= 1
    if (result.done === true) return result
    this.pending = result.value
    return suspended(this)
  }

  throw(error: unknown): never {
    throw error
  }

  _suspend(_driver: Driver): boolean {
    // The driver takes frames apart itself, before it would ask one to suspend.
    throw new Error('a frame was asked to suspend')
  }
}

Object.defineProperty(Frame.prototype, '_kind', { value: FRAME })

/** The names of `innermost` and its callers, from the outermost. */
export function listFrames(innermost: Frame | null): string[] {
  const names: string[] = []
  for (let frame = innermost; frame !== null; frame = frame.caller) names.push(frame.name)
  return names.reverse()
}
