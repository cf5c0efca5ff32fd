import type { Coroutine } from '../coroutine/coroutine.ts'
import { RuntimeError } from '../errors/errors.ts'
import { showAsText } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { checkBytes } from './bytes.ts'
import { Incoming } from './incoming.ts'
import { checkLimit, nextLine, read, readexactly, readline, readuntil } from './reading.ts'
import type { Separator } from './separators.ts'
import type { Transport } from './transport.ts'

const DEFAULT_LIMIT = 65_536

/** An upper bound for one call, in place of the reader's own. */
export interface ReadLimit {
  /** Bytes before the separator. */
  limit?: number
}

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

showAsText(StreamReader)

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
