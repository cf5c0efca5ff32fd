import { createSecretKey } from 'node:crypto'
import { serialize } from 'node:v8'
import { MessageChannel } from 'node:worker_threads'
import { describe, expect, test } from 'vitest'
import { DataCloneProblem } from '../../src/errors/errors.ts'
import { transfer } from '../../src/wire/transfer.ts'
import {
  explain,
  explainArguments,
  type Medium,
  pack,
  packArguments,
} from '../../src/wire/values.ts'

/** What `pack` says against a value. */
function refusal(value: unknown, medium: Medium = 'thread'): string {
  try {
    pack(value, 'the result', medium)
  } catch (error) {
    if (!(error instanceof DataCloneProblem) || error.code !== 'ERR_DATA_CLONE') throw error
    return error.message
  }
  return 'nothing'
}

class Point {
  x = 1
  onMove: (() => void) | undefined = undefined
}

const clonable: [string, unknown][] = [
  ['primitives', [undefined, null, true, 1, 1n, '', Number.NaN]],
  ['objects', { a: { b: [{ c: 1 }] }, d: undefined }],
  ['objects without a prototype', Object.assign(Object.create(null), { a: 1 })],
  ['collections', new Map<unknown, unknown>([[new Set([1]), new Map([[{}, []]])]])],
  ['dates and expressions', [new Date(), /a/g, Object('text'), Object(1n)]],
  [
    'bytes',
    [new ArrayBuffer(2), new Uint8Array(2), new DataView(new ArrayBuffer(2)), Buffer.from('a')],
  ],
  ['empty bytes', [new ArrayBuffer(0), new Uint8Array(0)]],
  ['errors', new RangeError('x', { cause: new Error('y') })],
  ['instances', new Point()],
  ['lists with holes', new Array(5)],
]

describe('pack lets pass what can be copied', () => {
  test.each(clonable)('%s', (_about, value) => {
    for (const medium of ['thread', 'process'] as const) {
      expect(pack(value, 'it', medium)).toEqual({ value, transferList: [] })
    }
    expect(() => [structuredClone(value), serialize(value)]).not.toThrow()
  })

  test('also what is in itself, deep, or in many places', () => {
    const round: Record<string, unknown> = {}
    round['again'] = [round]
    expect(refusal(round)).toBe('nothing')
    let deep: unknown[] = []
    for (let depth = 0; depth < 100_000; depth++) deep = [deep]
    expect(refusal(deep)).toBe('nothing')
    let wide: unknown = 1
    for (let depth = 0; depth < 50; depth++) wide = [wide, wide]
    expect(refusal(wide)).toBe('nothing')
  })

  test('also long lists with holes, without counting them', () => {
    const sparse: unknown[] = []
    sparse[4_000_000_000] = 1
    expect(refusal(sparse)).toBe('nothing')
    sparse[7] = () => {}
    expect(refusal(sparse)).toContain('is a function')
  })
})

const refused: [value: unknown, message: string][] = [
  [() => {}, 'the result is a function'],
  [Symbol('s'), 'the result is a symbol'],
  [{ options: { onDone() {} } }, 'the result: options.onDone is a function'],
  [[1, [2, Symbol('s')]], 'the result: [1][1] is a symbol'],
  [{ 'a-b': [() => {}] }, 'the result: ["a-b"][0] is a function'],
  [new Map([['key', () => {}]]), "the result: get('key') is a function"],
  [new Map([[() => {}, 1]]), 'the result: key 0 is a function'],
  [{ set: new Set([1, Symbol('s')]) }, 'the result: set.item 1 is a symbol'],
  [Object.assign(new Point(), { onMove: () => {} }), 'the result: onMove is a function'],
  [new Error('x', { cause: () => {} }), 'the result: cause is a function'],
  [[Promise.resolve()], 'the result: [0] is a Promise, which stays where it is: await it first'],
  [(function* () {})(), 'the result is a Generator'],
  [(async function* () {})(), 'the result is an AsyncGenerator'],
  [new Map().keys(), 'the result is a Map Iterator'],
  [new WeakMap(), 'the result is a WeakMap'],
  [new WeakRef({}), 'the result is a WeakRef'],
  [new Intl.NumberFormat('en'), 'the result is an Intl.NumberFormat'],
  [new Proxy({}, {}), 'the result is a Proxy'],
  [{ url: new URL('http://a/') }, 'the result: url is a URL, which would arrive as {}'],
  [new AbortController().signal, 'the result is an AbortSignal, which would arrive as {}'],
]

describe('pack refuses what can not be copied, and says where it is', () => {
  test.each(refused)('%o: %s', (value, message) => {
    expect(refusal(value, 'thread')).toContain(message)
    expect(refusal(value, 'process')).toContain(message)
  })

  test('and what a getter throws', () => {
    const value = {
      list: [
        {
          get bad() {
            throw new RangeError('not now')
          },
        },
      ],
    }
    expect(refusal(value)).toBe('the result: list[0].bad has a getter that throws: not now')
  })

  test('and what threads have in common, between processes', () => {
    const key = createSecretKey(Buffer.from('a'))
    const shared = new SharedArrayBuffer(8)
    for (const value of [key, shared, new Uint8Array(shared), new Blob(['a'])]) {
      expect(refusal(value, 'thread')).toBe('nothing')
      expect(refusal({ value }, 'process')).toContain('the result: value is ')
    }
  })
})

describe('packArguments', () => {
  test('gives the arguments themselves', () => {
    const args = [1, 'a', { b: 2 }]
    expect(packArguments(args).value).toBe(args)
    expect(packArguments([1, 2]).transferList).toEqual([])
    expect(packArguments([])).toEqual({ value: [], transferList: [] })
  })

  test('counts them from 1', () => {
    expect(() => packArguments([1, { done: () => {} }])).toThrow(
      'the argument 2: done is a function',
    )
  })
})

describe('transfer', () => {
  test('gives the value back, and hands over once', () => {
    const bytes = new Uint8Array(8)
    expect(transfer(bytes, [bytes.buffer])).toBe(bytes)
    expect(pack({ deep: [bytes] }, 'it').transferList).toEqual([bytes.buffer])
    expect(pack(bytes, 'it').transferList).toEqual([])
  })

  test('names a buffer once that two values have', () => {
    const buffer = new ArrayBuffer(8)
    const halves = [new Uint8Array(buffer, 0, 4), new Uint8Array(buffer, 4)] as const
    for (const half of halves) transfer(half, [buffer])
    expect(packArguments(halves).transferList).toEqual([buffer])
  })

  test('is kept for another try when something else is refused', () => {
    const bytes = transfer(new Uint8Array(8), [])
    const marked = transfer({ bytes }, [bytes.buffer])
    expect(refusal([marked, () => {}])).toContain('[1] is a function')
    expect(pack(marked, 'it').transferList).toEqual([bytes.buffer])
  })

  test('lets a port pass, which is refused otherwise', () => {
    const { port1, port2 } = new MessageChannel()
    try {
      expect(refusal({ port: port1 })).toContain(
        'port is a MessagePort, which is handed over, not copied',
      )
      expect(pack(transfer({ port: port1 }, [port1]), 'it').transferList).toEqual([port1])
      expect(refusal(transfer([port2], [port2]), 'process')).toContain(
        'travels between threads only',
      )
    } finally {
      port1.close()
      port2.close()
    }
  })

  test('copies between processes', () => {
    const bytes = transfer(new Uint8Array(8), [new ArrayBuffer(1)])
    expect(pack(bytes, 'it', 'process').transferList).toEqual([])
  })

  test('refuses what was handed over before', () => {
    const bytes = new Uint8Array(8)
    structuredClone(bytes, { transfer: [bytes.buffer] })
    expect(refusal({ bytes })).toContain(
      'bytes is a Uint8Array whose buffer was handed over before',
    )
    expect(refusal(bytes.buffer)).toContain('is an ArrayBuffer that was handed over before')
    expect(refusal(transfer({}, [bytes.buffer]))).toContain(
      'in its transfer list that was handed over',
    )
    expect(refusal(transfer({}, [new SharedArrayBuffer(8) as never]))).toContain(
      'is shared without',
    )
    expect(refusal(transfer({}, [1 as never]))).toContain('not an object')
  })

  test('refuses what is no object, or no list', () => {
    expect(() => transfer('text' as never, [])).toThrow(TypeError)
    expect(() => transfer(null as never, [])).toThrow(TypeError)
    expect(() => transfer({}, new ArrayBuffer(1) as never)).toThrow(
      'transfer(value, [value.buffer])',
    )
  })
})

describe('explain', () => {
  test('finds the part that can not be copied, which pack has not seen', () => {
    let asked = 0
    const value = {
      list: [
        1,
        {
          get late() {
            return asked++ === 0 ? 1 : () => {}
          },
        },
      ],
    }
    expect(refusal(value)).toBe('nothing')
    let failure: unknown
    try {
      structuredClone(value)
    } catch (error) {
      failure = error
    }
    const problem = explain({ value, transferList: [] }, 'the argument 1', failure)
    expect(problem).toBeInstanceOf(DataCloneProblem)
    expect(problem.message).toContain('the argument 1: list[1].late is a function')
    expect(problem.cause).toBe(failure)
  })

  test('copies part by part where it still sees nothing', () => {
    let asked = 0
    const value = {
      list: [1],
      get odd() {
        return asked++ % 2 === 0 ? 1 : () => {}
      },
    }
    expect(refusal(value)).toBe('nothing')
    expect(() => structuredClone(value)).toThrow('clone')
    const problem = explain({ value, transferList: [] }, 'the result', new Error('as it was'))
    expect(problem.message).toBe("the result: odd can't be copied: as it was")
  })

  test('does not copy again what is too large', () => {
    let reads = 0
    const value = {
      get part() {
        reads += 1
        return 1
      },
    }
    const problem = explain({ value, transferList: [] }, 'the result', new RangeError('too long'))
    expect(problem.message).toBe("the result can't be copied: too long")
    expect(reads).toBe(1)
  })

  test('knows what is handed over, and names an argument by its number', () => {
    const { port1 } = new MessageChannel()
    const bytes = new Uint8Array(1)
    const args = [1, { port1, bytes }]
    structuredClone(bytes, { transfer: [bytes.buffer] })
    const problem = explainArguments({ value: args, transferList: [port1] }, new Error('no'))
    expect(problem.message).toBe(
      'the argument 2: bytes is a Uint8Array whose buffer was handed over before',
    )
    port1.close()
  })
})
