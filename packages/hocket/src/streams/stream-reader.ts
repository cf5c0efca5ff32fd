import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { RuntimeError } from '../errors/errors.ts'
import { IncompleteReadError, LimitOverrunError } from '../errors/streams.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { checkBytes, concatBytes } from './bytes.ts'
import { Incoming } from './incoming.ts'
import { findSeparator, parseSeparators, type Separator } from './separators.ts'
import type { Transport } from './transport.ts'

const DEFAULT_LIMIT = 65_536

/** An upper bound for one call, in place of the reader's own. */
export interface ReadLimit {
  /** Bytes before the separator. */
  limit?: number
}

type Reading<T> = Generator<Suspension, T, unknown>

/**
 * Bytes that arrive in chunks, for coroutines to read: by number, by line, up to a separator, to the
 * end. asyncio.StreamReader, CPython 3.13.
 *
 * A transport feeds it; it is paused when more than twice the limit is buffered. One coroutine at a
 * time may wait. A read that is cancelled takes nothing: the next one finds every byte. Chunks are
 * kept and handed out without a copy where that can be done, so who feeds them must not change them
 * afterwards. `for await` gives the lines.
 *
 * @example
 * ```ts
 * const lines = await run(async () => {
 *   const reader = new StreamReader()
 *   reader.feedData(new TextEncoder().encode('one\ntwo\n'))
 *   reader.feedEof()
 *   const lines: string[] = []
 *   for await (const line of reader) lines.push(new TextDecoder().decode(line))
 *   return lines
 * })
 * lines // => ['one\n', 'two\n']
 * ```
 */
export class StreamReader {
  /** @internal */
  readonly _incoming: Incoming

  /**
   * `limit` bytes (64 KiB when left out) may come before a separator.
   *
   * @throws {@link RangeError} unless `limit` is above 0
   */
  constructor(options: { limit?: number; loop?: EventLoop } = {}) {
    const { limit = DEFAULT_LIMIT, loop = getEventLoop() } = options
    this._incoming = new Incoming(loop, checkLimit(limit, 'StreamReader'))
  }

  /**
   * Reads up to `n` bytes, as soon as there is one. A negative `n` reads to the end of the stream, 0
   * nothing. At the end it gives an empty array. The limit does not matter here.
   *
   * @throws {@link RuntimeError} if another coroutine waits for data
   * @throws what `setException` was given; so do all reads
   */
  read(n = -1): Coroutine<Uint8Array> {
    return read(this._incoming, n)
  }

  /**
   * Reads up to and with `\n`. At the end of the stream it gives what is left, then empty arrays.
   *
   * @throws {@link RangeError} if there is no `\n` within `limit` bytes. That line is dropped: all of it
   * if its end has come, otherwise what is buffered
   */
  readline(options: ReadLimit = {}): Coroutine<Uint8Array> {
    return readline(this._incoming, options.limit)
  }

  /**
   * Reads exactly `n` bytes; the limit does not matter here.
   *
   * @throws {@link IncompleteReadError} if the stream ends earlier; what came is its `partial`
   * @throws {@link RangeError} if `n` is negative or not whole
   */
  readexactly(n: number): Coroutine<Uint8Array> {
    return readexactly(this._incoming, n)
  }

  /**
   * Reads up to and with `separator`: bytes, or a string for its UTF-8. Of an array of several, the
   * match that ends first wins, so that the result is as short as can be.
   *
   * @throws {@link IncompleteReadError} if the stream ends without one; what came is its `partial`
   * @throws {@link LimitOverrunError} if more than `limit` bytes come before it; they stay in the
   * stream, and can be read by `readexactly(error.consumed)`
   * @throws {@link RangeError} if there is no separator, or an empty one
   */
  readuntil(
    separator: Separator | readonly Separator[] = '\n',
    options: ReadLimit = {},
  ): Coroutine<Uint8Array> {
    return readuntil(this._incoming, separator, options.limit)
  }

  /** True if the stream has ended and everything has been read. */
  atEof(): boolean {
    return this._incoming.isAtEnd && this._incoming.buffer.length === 0
  }

  /** What `setException` was given, null without. */
  exception(): unknown {
    return this._incoming.exception
  }

  /** Makes every read throw `exception`, also the one that is waiting. What is buffered is out of reach. */
  setException(exception: unknown): void {
    this._incoming.fail(exception)
  }

  /**
   * For transports: `transport` is paused and resumed from now on.
   *
   * @throws {@link RuntimeError} if there is one already
   */
  setTransport(transport: Transport): void {
    if (this._incoming.transport !== null) {
      throw new RuntimeError('setTransport: this StreamReader has a transport already')
    }
    this._incoming.transport = transport
  }

  /**
   * For transports: `data` has arrived, and belongs to the reader from now on.
   *
   * @throws {@link RuntimeError} after `feedEof()`
   */
  feedData(data: Uint8Array): void {
    if (this._incoming.isAtEnd) throw new RuntimeError('feedData was called after feedEof')
    const bytes = checkBytes(data, 'feedData')
    if (bytes.length > 0) this._incoming.push(bytes)
  }

  /** For transports: nothing more will arrive. */
  feedEof(): void {
    this._incoming.end()
  }

  /** Gives the lines by `readline()`, up to the end. For `for await`, and `yield* lines.next()`. */
  [Symbol.asyncIterator](): LineIterator {
    return new LineIterator(this._incoming)
  }

  toString(): string {
    const { buffer, isAtEnd, limit, isAwaited, exception, isPaused } = this._incoming
    const parts = ['StreamReader']
    if (buffer.length > 0) parts.push(`${buffer.length} bytes`)
    if (isAtEnd) parts.push('eof')
    if (limit !== DEFAULT_LIMIT) parts.push(`limit=${limit}`)
    if (isAwaited) parts.push('awaited')
    if (exception !== null) parts.push(`exception=${String(exception as Error)}`)
    if (isPaused) parts.push('paused')
    return `<${parts.join(' ')}>`
  }
}

/** The lines of a StreamReader. Its `next()` gives coroutines, so it serves both spellings. */
export class LineIterator {
  readonly #incoming: Incoming

  /** @internal */
  constructor(incoming: Incoming) {
    this.#incoming = incoming
  }

  /** The next line; a cancelled call loses nothing. Throws what `readline()` throws. */
  next(): Coroutine<IteratorResult<Uint8Array, undefined>> {
    return nextLine(this.#incoming)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

const read = coroutine(function* read(incoming: Incoming, n: number): Reading<Uint8Array> {
  checkNumber(n, 'read')
  incoming.check()
  if (n < 0) return yield* readAll(incoming)
  if (n === 0) return new Uint8Array(0)
  if (incoming.buffer.length === 0 && !incoming.isAtEnd) yield* incoming.wait('read')
  const data = incoming.buffer.take(Math.min(n, incoming.buffer.length))
  incoming.taken()
  return data
})

/** asyncio loses what it has read so far when it is cancelled; here that goes back. */
function* readAll(incoming: Incoming): Reading<Uint8Array> {
  const { buffer } = incoming
  const pieces: Uint8Array[] = []
  try {
    for (;;) {
      incoming.check()
      if (buffer.length === 0 && !incoming.isAtEnd) yield* incoming.wait('read')
      if (buffer.length > 0) {
        pieces.push(buffer.takeAll())
        incoming.taken()
      } else if (incoming.isAtEnd) {
        return concatBytes(pieces)
      }
    }
  } catch (error) {
    buffer.putBack(pieces)
    throw error
  }
}

const readexactly = coroutine(function* readexactly(
  incoming: Incoming,
  n: number,
): Reading<Uint8Array> {
  checkNumber(n, 'readexactly')
  if (n < 0) throw new RangeError(`readexactly expected a number of bytes, got ${n}`)
  incoming.check()
  if (n === 0) return new Uint8Array(0)
  while (incoming.buffer.length < n) {
    if (incoming.isAtEnd) throw new IncompleteReadError(incoming.buffer.takeAll(), n)
    yield* incoming.wait('readexactly')
  }
  const data = incoming.buffer.take(n)
  incoming.taken()
  return data
})

const NEWLINE = '\n'

function* takeLine(incoming: Incoming, limit: number | undefined): Reading<Uint8Array> {
  try {
    return yield* takeUntil(incoming, NEWLINE, limit, 'readline')
  } catch (error) {
    if (error instanceof IncompleteReadError) return error.partial
    if (!(error instanceof LimitOverrunError)) throw error
    const { buffer } = incoming
    const newline = parseSeparators(NEWLINE)[0] as Uint8Array
    if (buffer.startsWith(newline, error.consumed)) buffer.drop(error.consumed + 1)
    else buffer.clear()
    incoming.taken()
    throw new RangeError(error.message, { cause: error })
  }
}

const readline = coroutine(function* readline(
  incoming: Incoming,
  limit: number | undefined,
): Reading<Uint8Array> {
  return yield* takeLine(incoming, limit)
})

const readuntil = coroutine(function* readuntil(
  incoming: Incoming,
  separator: Separator | readonly Separator[],
  limit: number | undefined,
): Reading<Uint8Array> {
  return yield* takeUntil(incoming, separator, limit, 'readuntil')
})

const nextLine = coroutine(function* nextLine(
  incoming: Incoming,
): Reading<IteratorResult<Uint8Array, undefined>> {
  const value = yield* takeLine(incoming, undefined)
  return value.length === 0 ? { done: true, value: undefined } : { done: false, value }
})

function* takeUntil(
  incoming: Incoming,
  separator: Separator | readonly Separator[],
  ownLimit: number | undefined,
  method: string,
): Reading<Uint8Array> {
  const separators = parseSeparators(separator)
  const limit = ownLimit === undefined ? incoming.limit : checkLimit(ownLimit, method)
  incoming.check()
  const { buffer } = incoming
  const shortest = (separators[0] as Uint8Array).length
  const longest = (separators.at(-1) as Uint8Array).length
  // No separator begins before this place.
  let offset = 0
  for (;;) {
    if (buffer.length - offset >= shortest) {
      const found = findSeparator(buffer, separators, offset)
      if (found !== null) {
        if (found.start > limit) throw overrun(method, limit, 'comes later', found.start)
        const data = buffer.take(found.end)
        incoming.taken()
        return data
      }
      offset = Math.max(0, buffer.length + 1 - longest)
      if (offset > limit) throw overrun(method, limit, 'is not among what has come', offset)
    }
    if (incoming.isAtEnd) throw new IncompleteReadError(buffer.takeAll(), null)
    yield* incoming.wait(method)
  }
}

function overrun(method: string, limit: number, what: string, consumed: number): LimitOverrunError {
  return new LimitOverrunError(
    `${method} expected a separator within ${limit} bytes, but it ${what}: give a higher limit, or read by number`,
    consumed,
  )
}

function checkNumber(n: number, method: string): void {
  if (typeof n !== 'number') {
    throw new TypeError(`${method} expected a number of bytes, got ${describe(n)}`)
  }
  if (!Number.isInteger(n)) {
    throw new RangeError(`${method} expected a whole number of bytes, got ${n}`)
  }
}

function checkLimit(limit: number, method: string): number {
  if (typeof limit === 'number' && limit > 0) return limit
  throw new RangeError(`${method} expected a limit above 0 in bytes, got ${limit}`)
}
