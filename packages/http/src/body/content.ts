import type { Coroutine } from 'hocket'
import {
  type Attempt,
  asIteration,
  BodyRead,
  takeAll,
  takeAny,
  takeExactly,
  takeInto,
  takeUntil,
  takeUpTo,
} from './body-read.ts'
import type { BodyStream } from './body-stream.ts'

const LINE_LIMIT = 512 * 1024
const NEWLINE = Uint8Array.of(10)
const encoder = new TextEncoder()

/** For `for await`, and `yield* it.next()`. Leaving the loop early closes nothing. */
export class BodyIterator<T extends { readonly length: number }> {
  declare private readonly _stream: BodyStream
  declare private readonly _attempt: () => Attempt<IteratorResult<T, undefined>>
  declare private readonly _keeper: unknown

  /** @internal */
  constructor(stream: BodyStream, attempt: () => Attempt<T>, keeper: unknown) {
    this._stream = stream
    this._attempt = () => asIteration(attempt())
    this._keeper = keeper
  }

  /** The next piece; a cancelled call loses nothing. Throws what `read()` throws. */
  next(): Coroutine<IteratorResult<T, undefined>> {
    return new BodyRead('Content.next', this._stream, this._attempt(), this._keeper)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

/**
 * The body of an answer, to be read in pieces: what comes is handed out once. One coroutine at a time
 * may wait. A read that is cancelled takes nothing: the next one finds every byte. The server is held
 * back while more than 512 KiB are here and nobody reads. aiohttp.StreamReader.
 *
 * All reads throw {@link ClientPayloadError} where the body breaks off, when everything that had come
 * has been read (`read()` of all of it at once), and {@link SocketTimeoutError} or
 * {@link ServerTimeoutError} when the time is over. `for await` gives the lines.
 */
export class Content {
  /** @internal */ declare readonly _stream: BodyStream
  // The response: as long as somebody reads, it is not forgotten.
  declare private readonly _keeper: unknown

  /** @internal */
  constructor(stream: BodyStream, keeper: unknown) {
    this._stream = stream
    this._keeper = keeper
  }

  /** Reads up to `n` bytes, as soon as there is one; all that is left without `n`, or if it is negative. */
  read(n = -1): Coroutine<Uint8Array> {
    checkNumber(n, 'read')
    return this._read('read', n < 0 ? takeAll : takeUpTo(n))
  }

  /** Reads one piece as it came, without a copy; an empty one at the end. */
  readAny(): Coroutine<Uint8Array> {
    return this._read('readAny', takeAny)
  }

  /**
   * Reads what is here, at least one byte, into `buffer`, as far as there is room; gives the number of
   * bytes, 0 at the end. The fastest way to read much: neither it nor the connection makes an array for
   * it. io.RawIOBase.readinto.
   *
   * @throws {@link RangeError} if `buffer` is empty
   */
  readinto(buffer: Uint8Array): Coroutine<number> {
    if (!(buffer instanceof Uint8Array)) {
      throw new TypeError(`readinto expected a Uint8Array, got ${typeof buffer}`)
    }
    if (buffer.length === 0) {
      throw new RangeError('readinto expected a buffer with room for a byte, got an empty one')
    }
    return this._read('readinto', takeInto(buffer))
  }

  /**
   * @throws {@link IncompleteReadError} if the body ends earlier; what came is its `partial`
   */
  readexactly(n: number): Coroutine<Uint8Array> {
    checkNumber(n, 'readexactly')
    if (n < 0) throw new RangeError(`readexactly expected a number of bytes, got ${n}`)
    return this._read('readexactly', takeExactly(n))
  }

  /**
   * Reads up to and with `\n`; what is left at the end of the body is a line too, then it gives empty
   * arrays.
   *
   * @throws {@link LimitOverrunError} if there is none within `limit` bytes (512 KiB); they stay
   */
  readline(options: { limit?: number } = {}): Coroutine<Uint8Array> {
    return this._read('readline', takeUntil(NEWLINE, options.limit ?? LINE_LIMIT, true))
  }

  /**
   * Reads up to and with `separator`.
   *
   * @throws {@link IncompleteReadError} if the body ends without one; what came is its `partial`
   * @throws {@link LimitOverrunError} if there is none within `limit` bytes; they stay
   */
  readuntil(
    separator: Uint8Array | string = NEWLINE,
    options: { limit?: number } = {},
  ): Coroutine<Uint8Array> {
    const bytes = typeof separator === 'string' ? encoder.encode(separator) : separator
    if (bytes.length === 0) {
      throw new RangeError('readuntil expected a separator of at least one byte, got an empty one')
    }
    return this._read('readuntil', takeUntil(bytes, options.limit ?? LINE_LIMIT, false))
  }

  /** Pieces of at most `n` bytes, each as large as what is here allows. */
  iterChunked(n: number): BodyIterator<Uint8Array> {
    checkNumber(n, 'iterChunked')
    if (n < 1) throw new RangeError(`iterChunked expected at least 1 byte, got ${n}`)
    return new BodyIterator(this._stream, () => takeUpTo(n), this._keeper)
  }

  /** Pieces as they came, without a copy. */
  iterAny(): BodyIterator<Uint8Array> {
    return new BodyIterator(this._stream, () => takeAny, this._keeper)
  }

  /** The lines, each with its `\n`. */
  iterLines(): BodyIterator<Uint8Array> {
    return new BodyIterator(this._stream, () => takeUntil(NEWLINE, LINE_LIMIT, true), this._keeper)
  }

  [Symbol.asyncIterator](): BodyIterator<Uint8Array> {
    return this.iterLines()
  }

  /** True if the body has ended and everything has been read. */
  atEof(): boolean {
    return this._stream.isEnded && this._stream.size === 0
  }

  /** Why the body broke off; null while it has not. */
  exception(): Error | null {
    return this._stream.failure
  }

  /** Bytes that have come so far, as they are handed out. */
  get totalBytes(): number {
    return this._stream.received
  }

  private _read<T>(name: string, attempt: Attempt<T>): Coroutine<T> {
    return new BodyRead(`Content.${name}`, this._stream, attempt, this._keeper)
  }
}

function checkNumber(n: number, method: string): void {
  if (typeof n !== 'number') {
    throw new TypeError(`${method} expected a number of bytes, got ${typeof n}`)
  }
  if (!Number.isInteger(n)) {
    throw new RangeError(`${method} expected a whole number of bytes, got ${n}`)
  }
}
