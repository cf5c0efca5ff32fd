import { brand } from './brand.ts'
import { HocketError } from './errors.ts'

/**
 * A stream has ended before the read could be satisfied. `partial` has what was there, and it is
 * taken from the stream. asyncio.IncompleteReadError, CPython 3.13.
 */
export class IncompleteReadError extends HocketError {
  /** The bytes that came before the end; they may hold a part of the separator. */
  readonly partial: Uint8Array
  /** How many bytes were asked for; null where that was not known (`readuntil`). */
  readonly expected: number | null

  constructor(partial: Uint8Array, expected: number | null) {
    super(
      `the stream has ended: ${partial.length} bytes came ${
        expected === null ? 'and no separator' : `of ${expected} expected`
      }; they are in \`partial\``,
      { code: 'ERR_INCOMPLETE_READ' },
    )
    this.partial = partial
    this.expected = expected
  }
}
brand(IncompleteReadError, 'IncompleteReadError')

/**
 * No separator within the limit. Everything is still in the stream, and the first `consumed` bytes
 * have no separator in them. asyncio.LimitOverrunError, CPython 3.13.
 */
export class LimitOverrunError extends HocketError {
  /** How many bytes can be read without coming to a separator. */
  readonly consumed: number

  constructor(message: string, consumed: number) {
    super(message, { code: 'ERR_LIMIT_OVERRUN' })
    this.consumed = consumed
  }
}
brand(LimitOverrunError, 'LimitOverrunError')

/** The other end of a connection is gone, or this one is. Python's ConnectionResetError. */
export class ConnectionResetError extends HocketError {
  constructor(message: string, options: { code?: string; cause?: unknown } = {}) {
    super(message, { code: 'ERR_CONNECTION_RESET', ...options })
  }
}
brand(ConnectionResetError, 'ConnectionResetError')
