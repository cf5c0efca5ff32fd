import fc from 'fast-check'
import {
  CancelledError,
  createTask,
  IncompleteReadError,
  LimitOverrunError,
  StreamReader,
  sleep,
} from 'hocket'
import { describe, expect, test } from 'vitest'
import { runVirtual } from '../support/loop.ts'
import { errorOf } from '../support/turns.ts'
import { bytes, spellings, text } from './support.ts'

type Read =
  | { do: 'exactly'; n: number }
  | { do: 'upTo'; n: number }
  | { do: 'until'; separators: string[]; limit: number }
  | { do: 'line'; limit: number }
  | { do: 'all' }

type Outcome = { kind: 'data' | 'incomplete' | 'overrun' | 'dropped'; data: string }

const letters = (max: number) =>
  fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: max })
const separators = fc.array(
  letters(4).filter((separator) => separator !== ''),
  { minLength: 1, maxLength: 3 },
)
const limit = fc.integer({ min: 1, max: 20 })
const read: fc.Arbitrary<Read> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('exactly' as const), n: fc.nat(25) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('upTo' as const), n: fc.nat(12) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('until' as const), separators, limit }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('line' as const), limit }) },
  { weight: 1, arbitrary: fc.constant({ do: 'all' as const }) },
)
const programs = fc.record({
  chunks: fc.array(letters(12), { maxLength: 15 }),
  reads: fc.array(read, { maxLength: 15 }),
  cancels: fc.nat(2),
})

/** The stream as one string: what a read gives and leaves; null if it has to wait. */
function model(buffer: string, isAtEnd: boolean, now: Read): (Outcome & { rest: string }) | null {
  if (now.do === 'all') return isAtEnd ? { kind: 'data', data: buffer, rest: '' } : null
  if (now.do === 'upTo') {
    if (buffer === '' && !isAtEnd && now.n > 0) return null
    return { kind: 'data', data: buffer.slice(0, now.n), rest: buffer.slice(now.n) }
  }
  if (now.do === 'exactly') {
    if (buffer.length >= now.n) {
      return { kind: 'data', data: buffer.slice(0, now.n), rest: buffer.slice(now.n) }
    }
    return isAtEnd ? { kind: 'incomplete', data: buffer, rest: '' } : null
  }
  const isLine = now.do === 'line'
  const wanted = isLine ? ['\n'] : now.separators
  const lengths = wanted.map((separator) => separator.length)
  const found = firstMatch(buffer, wanted)
  if (found !== null && found.start <= now.limit) {
    return { kind: 'data', data: buffer.slice(0, found.end), rest: buffer.slice(found.end) }
  }
  const searched = buffer.length + 1 - Math.max(...lengths)
  if (found !== null || (buffer.length >= Math.min(...lengths) && searched > now.limit)) {
    if (!isLine) return { kind: 'overrun', data: '', rest: buffer }
    return { kind: 'dropped', data: '', rest: found === null ? '' : buffer.slice(found.end) }
  }
  if (!isAtEnd) return null
  return { kind: isLine ? 'data' : 'incomplete', data: buffer, rest: '' }
}

function firstMatch(buffer: string, wanted: string[]): { start: number; end: number } | null {
  for (let end = 1; end <= buffer.length; end += 1) {
    const found = wanted.filter((separator) => buffer.slice(0, end).endsWith(separator))
    const shortest = Math.min(...found.map((separator) => separator.length))
    if (found.length > 0) return { start: end - shortest, end }
  }
  return null
}

function start(stream: StreamReader, now: Read) {
  if (now.do === 'exactly') return stream.readexactly(now.n)
  if (now.do === 'upTo') return stream.read(now.n)
  if (now.do === 'line') return stream.readline({ limit: now.limit })
  if (now.do === 'until') return stream.readuntil(now.separators, { limit: now.limit })
  return stream.read()
}

async function outcomeOf(call: PromiseLike<Uint8Array>): Promise<Outcome> {
  try {
    return { kind: 'data', data: text(await call) }
  } catch (error) {
    if (error instanceof IncompleteReadError)
      return { kind: 'incomplete', data: text(error.partial) }
    if (error instanceof LimitOverrunError) return { kind: 'overrun', data: '' }
    if (error instanceof RangeError) return { kind: 'dropped', data: '' }
    throw error
  }
}

describe.each(spellings)('behind %s', (_name, via) => {
  test('reads are those of one string, however it is cut, and whoever is cancelled', async () => {
    let waits = 0
    await fc.assert(
      fc.asyncProperty(programs, async ({ chunks, reads, cancels }) => {
        await runVirtual(async () => {
          const stream = new StreamReader({ limit: 5 })
          const coming = [...chunks]
          let buffer = ''
          let isAtEnd = false
          // Time passes only while everybody waits, so this feeds a read that waits, piece by piece.
          const feeder = createTask(async () => {
            while (!isAtEnd) {
              await sleep(1)
              const chunk = coming.shift()
              isAtEnd = chunk === undefined
              buffer += chunk ?? ''
              if (chunk === undefined) stream.feedEof()
              else stream.feedData(bytes(chunk))
            }
          })
          for (const now of reads) {
            for (let n = 0; n < cancels && model(buffer, isAtEnd, now) === null; n += 1) {
              const given = createTask(via(() => start(stream, now)))
              await sleep(0)
              given.cancel()
              expect(await errorOf(given)).toBeInstanceOf(CancelledError)
              waits += 1
            }
            const outcome = await outcomeOf(createTask(via(() => start(stream, now))))
            const wanted = model(buffer, isAtEnd, now)
            expect({ ...outcome, rest: wanted?.rest }).toEqual(wanted)
            buffer = wanted?.rest ?? ''
          }
          await feeder
        })
      }),
      { numRuns: 120, seed: 3 },
    )
    expect(waits).toBeGreaterThan(100)
  })
})
