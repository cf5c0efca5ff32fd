import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ByteBuffer } from '../../src/streams/byte-buffer.ts'
import { bytes, text } from './support.ts'

type Step =
  | { do: 'push'; size: number }
  | { do: 'take' | 'drop'; part: number }
  | { do: 'find'; wanted: number[]; from: number; end: number }
  | { do: 'startsWith'; wanted: number[]; at: number }
  | { do: 'putBack'; part: number }
  | { do: 'clear' }

// Two byte values only, so that there is much to find, and sizes on both sides of "small".
const wanted = fc.array(fc.nat(1), { minLength: 1, maxLength: 4 })
const size = fc.oneof(fc.nat(6), fc.integer({ min: 200, max: 300 }), fc.nat(6_000))
const part = fc.double({ min: 0, max: 1, noNaN: true })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('push' as const), size }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('take' as const, 'drop' as const), part }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('putBack' as const), part }) },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('find' as const), wanted, from: part, end: part }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('startsWith' as const), wanted, at: part }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('clear' as const) }) },
)

/** What the buffer says, and what one array would. */
function playSteps(steps: Step[], seed: number): { said: unknown[]; wanted: unknown[] } {
  const buffer = new ByteBuffer()
  let model: number[] = []
  let state = seed
  const nextByte = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    return (state >>> 16) & 1
  }
  const index = (place: number) => Math.floor(place * model.length)
  const said: unknown[] = []
  const wanted: unknown[] = []
  for (const now of steps) {
    if (now.do === 'push') {
      const chunk = Uint8Array.from({ length: now.size }, nextByte)
      buffer.push(chunk)
      model.push(...chunk)
    } else if (now.do === 'take') {
      const count = index(now.part)
      said.push(Array.from(buffer.take(count)))
      wanted.push(model.splice(0, count))
    } else if (now.do === 'putBack') {
      const half = index(now.part)
      if (half > 0) {
        const pieces = [buffer.take(1), buffer.take(half - 1)]
        buffer.putBack(pieces.filter(({ length }) => length > 0))
      }
    } else if (now.do === 'drop') {
      const count = index(now.part)
      buffer.drop(count)
      model.splice(0, count)
    } else if (now.do === 'find') {
      const from = index(now.from)
      const end = index(now.end)
      said.push(buffer.find(Uint8Array.from(now.wanted), from, end))
      wanted.push(search(model, now.wanted, from, end))
    } else if (now.do === 'startsWith') {
      const at = index(now.at)
      const isThere = now.wanted.every((byte, place) => model[at + place] === byte)
      said.push(buffer.startsWith(Uint8Array.from(now.wanted), at))
      wanted.push(isThere)
    } else {
      buffer.clear()
      model = []
    }
    said.push(buffer.length)
    wanted.push(model.length)
  }
  said.push(Array.from(buffer.takeAll()))
  wanted.push(model)
  return { said, wanted }
}

function search(model: number[], wanted: number[], from: number, end: number): number {
  for (let start = from; start + wanted.length <= end; start += 1) {
    if (wanted.every((byte, place) => model[start + place] === byte)) return start
  }
  return -1
}

describe('ByteBuffer', () => {
  test('is like one array, however the bytes come and go', () => {
    const programs = fc.property(fc.array(step, { maxLength: 60 }), fc.nat(), (steps, seed) => {
      const { said, wanted } = playSteps(steps, seed)
      expect(said).toEqual(wanted)
    })
    fc.assert(programs, { numRuns: 300, seed: 1 })
  })

  test('gives a whole chunk as it came, and copies a part of one', () => {
    const buffer = new ByteBuffer()
    const chunk = new Uint8Array(1_000)
    buffer.push(chunk)
    expect(buffer.take(1_000)).toBe(chunk)
    buffer.push(chunk)
    expect(buffer.take(10).buffer).not.toBe(chunk.buffer)
    // What is left is most of the memory: a view of it will do.
    expect(buffer.takeAll().buffer).toBe(chunk.buffer)
  })

  test('a small rest does not hold a big chunk', () => {
    const buffer = new ByteBuffer()
    const chunk = new Uint8Array(1_000)
    buffer.push(chunk)
    buffer.take(900)
    expect(buffer.takeAll().buffer.byteLength).toBe(100)
    buffer.push(new Uint8Array(chunk.buffer, 0, 10))
    expect(buffer.takeAll().buffer.byteLength).toBe(10)
  })

  test('small chunks leave what they came from alone', () => {
    const buffer = new ByteBuffer()
    const first = bytes('one ')
    const second = bytes('two ')
    buffer.push(first)
    buffer.push(second)
    const taken = buffer.take(4)
    buffer.push(bytes('three'))
    expect(text(buffer.takeAll())).toBe('two three')
    expect([text(first), text(second), text(taken)]).toEqual(['one ', 'two ', 'one '])
  })

  test('small chunks join behind what was put back', () => {
    const buffer = new ByteBuffer()
    for (const chunk of ['one ', 'two ', 'three ']) buffer.push(bytes(chunk))
    buffer.putBack([buffer.take(6)])
    buffer.push(bytes('four '))
    buffer.push(bytes('five'))
    expect(text(buffer.takeAll())).toBe('one two three four five')
  })

  test('what was taken does not change when more comes', () => {
    const buffer = new ByteBuffer()
    for (let n = 0; n < 40; n += 1) buffer.push(new Uint8Array(100).fill(1))
    const taken = buffer.takeAll()
    for (let n = 0; n < 40; n += 1) buffer.push(new Uint8Array(100).fill(2))
    expect(new Set(taken)).toEqual(new Set([1]))
  })

  test('a hundred thousand chunks of one byte are searched as they come', () => {
    const buffer = new ByteBuffer()
    const wanted = bytes('\r\n')
    let offset = 0
    let found = 0
    for (let n = 0; n < 100_000; n += 1) {
      buffer.push(Uint8Array.of(97))
      if (buffer.find(wanted, offset) >= 0) found += 1
      offset = Math.max(0, buffer.length - 1)
    }
    buffer.push(wanted)
    expect([found, buffer.find(wanted, offset)]).toEqual([0, 100_000])
  })
})
