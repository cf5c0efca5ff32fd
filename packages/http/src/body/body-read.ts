import { IncompleteReadError, LimitOverrunError } from 'hocket'
import { Operation, type pending, type Waiter } from 'hocket/lowlevel'
import type { BodyStream } from './body-stream.ts'

/** Says how many bytes have to be here before it is worth another try. */
export class Wanted {
  declare readonly bytes: number

  constructor(bytes: number) {
    this.bytes = bytes
  }
}

const ONE = new Wanted(1)
const ALL = new Wanted(Infinity)

/** Takes what it can; told again when what it wanted is here. */
export type Attempt<T> = (stream: BodyStream) => T | Wanted

/**
 * One read of a body. What is not complete stays in the stream, so a read that is cancelled loses
 * nothing. `keeper` is kept alive as long as it runs.
 */
export class BodyRead<T> extends Operation<T> {
  declare readonly name: string
  declare private readonly _stream: BodyStream
  declare private readonly _attempt: Attempt<T>
  declare readonly keeper: unknown

  constructor(name: string, stream: BodyStream, attempt: Attempt<T>, keeper: unknown) {
    super()
    this.name = name
    this._stream = stream
    this._attempt = attempt
    this.keeper = keeper
  }

  begin(): T | typeof pending {
    const result = this._attempt(this._stream)
    return result instanceof Wanted ? this.waitFor(this._stream.wait(result.bytes)) : result
  }

  goOn(): T | typeof pending {
    return this.begin()
  }

  giveUp(waiter: Waiter): void {
    this._stream.leave(waiter)
  }
}

const NOTHING = new Uint8Array(0)

/** Throws what the stream ended by, if it failed. */
function checkEnd(stream: BodyStream): void {
  if (stream.failure !== null) throw stream.failure
}

export const takeAll: Attempt<Uint8Array> = (stream) => {
  if (!stream.isEnded) return ALL
  checkEnd(stream)
  return stream.take(stream.size)
}

/** Up to `most` bytes; none at the end. */
export function takeUpTo(most: number): Attempt<Uint8Array> {
  return (stream) => {
    if (stream.size > 0) return stream.take(Math.min(most, stream.size))
    if (!stream.isEnded) return ONE
    checkEnd(stream)
    return NOTHING
  }
}

/** A piece as it came; an empty one at the end. */
export const takeAny: Attempt<Uint8Array> = (stream) => {
  if (stream.size > 0) return stream.takePiece(Infinity)
  if (!stream.isEnded) return ONE
  checkEnd(stream)
  return NOTHING
}

/** What is here, copied into `target`; 0 at the end. */
export function takeInto(target: Uint8Array): Attempt<number> {
  return (stream) => {
    if (stream.size > 0) return stream.takeInto(target)
    if (!stream.isEnded) return ONE
    checkEnd(stream)
    return 0
  }
}

export function takeExactly(count: number): Attempt<Uint8Array> {
  return (stream) => {
    if (stream.size >= count) return stream.take(count)
    if (!stream.isEnded) return new Wanted(count)
    checkEnd(stream)
    throw new IncompleteReadError(stream.take(stream.size), count)
  }
}

/** Up to and with `separator`; with `isLine`, what is left at the end of the stream is a line too. */
export function takeUntil(
  separator: Uint8Array,
  limit: number,
  isLine: boolean,
): Attempt<Uint8Array> {
  let from = 0
  return (stream) => {
    const found = stream.find(separator, from)
    if (found > limit || (found < 0 && stream.size > limit + separator.length)) {
      const consumed = found > limit ? found : stream.size - separator.length
      throw new LimitOverrunError(
        `expected a separator within ${limit} bytes, but it is not there: give a higher limit, or read by number`,
        consumed,
      )
    }
    if (found >= 0) return stream.take(found + separator.length)
    if (!stream.isEnded) {
      from = Math.max(0, stream.size + 1 - separator.length)
      return new Wanted(stream.size + 1)
    }
    checkEnd(stream)
    if (isLine) return stream.take(stream.size)
    throw new IncompleteReadError(stream.take(stream.size), null)
  }
}

/** The same as an iterator gives it; `isEnd` says that nothing more comes. */
export function asIteration<T extends { readonly length: number }>(
  attempt: Attempt<T>,
): Attempt<IteratorResult<T, undefined>> {
  return (stream) => {
    const value = attempt(stream)
    if (value instanceof Wanted) return value
    return value.length === 0 ? { done: true, value: undefined } : { done: false, value }
  }
}
