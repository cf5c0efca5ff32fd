import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { IncompleteReadError, LimitOverrunError } from '../errors/streams.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'
import { concatBytes } from './bytes.ts'
import type { Incoming } from './incoming.ts'
import { findSeparator, parseSeparators, type Separator } from './separators.ts'

// The reads of a StreamReader, as coroutines over what has arrived.

type Reading<T> = Generator<Suspension, T, unknown>

export const read: (incoming: Incoming, n: number) => Coroutine<Uint8Array> = coroutine(
  function* read(incoming: Incoming, n: number): Reading<Uint8Array> {
    checkNumber(n, 'read')
    incoming.check()
    if (n < 0) return yield* readAll(incoming)
    if (n === 0) return new Uint8Array(0)
    if (incoming.buffer.length === 0 && !incoming.isAtEnd) yield* incoming.wait('read')
    const data = incoming.buffer.take(Math.min(n, incoming.buffer.length))
    incoming.taken()
    return data
  },
)

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

export const readexactly: (incoming: Incoming, n: number) => Coroutine<Uint8Array> = coroutine(
  function* readexactly(incoming: Incoming, n: number): Reading<Uint8Array> {
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
  },
)

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

export const readline: (incoming: Incoming, limit: number | undefined) => Coroutine<Uint8Array> =
  coroutine(function* readline(incoming: Incoming, limit: number | undefined): Reading<Uint8Array> {
    return yield* takeLine(incoming, limit)
  })

export const readuntil: (
  incoming: Incoming,
  separator: Separator | readonly Separator[],
  limit: number | undefined,
) => Coroutine<Uint8Array> = coroutine(function* readuntil(
  incoming: Incoming,
  separator: Separator | readonly Separator[],
  limit: number | undefined,
): Reading<Uint8Array> {
  return yield* takeUntil(incoming, separator, limit, 'readuntil')
})

export const nextLine: (incoming: Incoming) => Coroutine<IteratorResult<Uint8Array, undefined>> =
  coroutine(function* nextLine(incoming: Incoming): Reading<IteratorResult<Uint8Array, undefined>> {
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

export function checkLimit(limit: number, method: string): number {
  if (typeof limit === 'number' && limit > 0) return limit
  throw new RangeError(`${method} expected a limit above 0 in bytes, got ${limit}`)
}
