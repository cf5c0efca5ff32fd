import { runInThisContext } from 'node:vm'
import { coroutine } from 'hocket'
import { describe, expect, test } from 'vitest'
import { evaluateSource, inlineSource } from '../../src/functions/inline.ts'
import { referenceOf } from '../../src/functions/reference.ts'

// biome-ignore lint/suspicious/noExplicitAny: functions of any sort.
type Any = any

const outside = 'outside'

function sent(fn: Any): Any {
  return evaluateSource(inlineSource(fn))
}

/** A function of a script that no compiler has seen. */
function textual(source: string): Any {
  return runInThisContext(`(${source})`)
}

const methods = {
  twice(n: number) {
    return n * 2
  },
  async *count() {
    yield 1
    yield 2
  },
  'with spaces'(n: number) {
    return n + 1
  },
  get got() {
    return 1
  },
  [outside]() {},
}

describe('a function that needs nothing', () => {
  test('arrives as it is', async () => {
    expect(sent((a: number, b: number) => a + b)(1, 2)).toBe(3)
    expect(await sent(async (text: string) => text.length)('four')).toBe(4)
    expect(
      sent(function fib(n: number): number {
        return n < 2 ? n : fib(n - 1) + fib(n - 2)
      })(10),
    ).toBe(55)
    expect([
      ...sent(function* () {
        yield* [1, 2]
      })(),
    ]).toEqual([1, 2])
  })

  test('may be a method', async () => {
    expect(sent(methods.twice)(4)).toBe(8)
    expect(sent(methods['with spaces'])(4)).toBe(5)
    const seen: unknown[] = []
    for await (const each of sent(methods.count)()) seen.push(each)
    expect(seen).toEqual([1, 2])
  })

  test('has the globals of every worker', () => {
    expect(sent((text: string) => Buffer.from(text).toString('hex') + Math.max(1, 2))('a')).toBe(
      '612',
    )
  })

  test('may import modules of Node', async () => {
    const hash = sent(async (text: string) => {
      const { createHash } = await import('node:crypto')
      return createHash('md5').update(text).digest('hex')
    })
    expect(await hash('')).toBe('d41d8cd98f00b204e9800998ecf8427e')
  })

  test('may have been compiled by tsx, which names functions', () => {
    const source =
      '() => { const inner = /* @__PURE__ */ __name(() => 1, "inner"); return inner.name }'
    expect(evaluateSource(inlineSource(textual(source)))()).toBe('inner')
  })

  test('runs in strict mode', () => {
    const fn = textual('function (a) { return arguments.callee }')
    expect(() => sent(fn)(1)).toThrow(TypeError)
  })
})

describe('a function that refers to something outside', () => {
  test.each<[string, Any, string]>([
    ['a constant', () => outside, "it refers to 'outside', outside of itself"],
    ['an import', () => describe('x', () => {}), "it refers to 'describe'"],
    ['in a default', (a = outside) => a, "'outside'"],
    ['two things', () => [outside, methods], "'outside' (and to 'methods')"],
    ['in a computed key', methods[outside], "'outside'"],
    [
      'its this',
      function (this: unknown) {
        return this
      },
      "'this'",
    ],
    ['eval', textual("() => eval('1')"), 'it uses eval'],
    ['require', textual("() => require('node:fs')"), "await import('node:…')"],
    ['where it is', () => import.meta.url, 'import.meta'],
    ['a module beside it', () => import('./fixtures/work.ts'), 'relative to its module'],
    [
      'what was added to globalThis',
      () => (globalThis as Any).x + addedToGlobalThis,
      "'addedToGlobalThis'",
    ],
  ])('%s', (_about, fn, message) => {
    expect(() => inlineSource(fn)).toThrow(TypeError)
    expect(() => inlineSource(fn)).toThrow(message)
    expect(() => inlineSource(fn)).toThrow('moduleFunctions')
  })

  test('is named', () => {
    const thumbnail = () => outside
    expect(() => inlineSource(thumbnail)).toThrow(
      "the function 'thumbnail' can't be sent to a worker",
    )
  })
})

describe('what has no text of its own', () => {
  test.each<[string, Any, string]>([
    ['native', Math.max, 'native, or bound'],
    ['bound', ((a: number) => a).bind(null), 'native, or bound'],
    ['a class', class Image {}, 'it is a class'],
    ['a coroutine function', coroutine(function* () {}), 'send the function inside it'],
    ['a getter', Object.getOwnPropertyDescriptor(methods, 'got')?.get, 'not an expression'],
    ['sloppy code', textual('function () { return 010 }'), 'in strict mode'],
  ])('%s', (_about, fn, message) => {
    expect(() => inlineSource(fn)).toThrow(TypeError)
    expect(() => inlineSource(fn)).toThrow(message)
  })
})

describe('referenceOf', () => {
  test('looks at a function once', () => {
    const fn = (n: number) => n
    expect(referenceOf(fn)).toBe(referenceOf(fn))
  })

  test.each<[unknown, string]>([
    [3, 'got number'],
    [null, 'got null'],
    [{}, 'got Object'],
    [Promise.resolve(1), 'not the result of a call'],
  ])('%s is no function', (wrong, message) => {
    expect(() => referenceOf(wrong)).toThrow(TypeError)
    expect(() => referenceOf(wrong)).toThrow(message)
  })
})

declare const addedToGlobalThis: number
