import { describe, expect, it } from 'vitest'
import { spell } from '../src/spell.ts'
import { alternate, asyncIterator, on, resetTurns } from '../src/spellings.ts'

const helpers = "import { alternate, asyncIterator, dispose, on } from '../../src/spellings.ts'\n"

function generator(source: string): string {
  const text = spell(source, 'x.ts', 'generator')
  expect(text.startsWith(helpers)).toBe(true)
  return text.slice(helpers.length)
}

describe('generator spelling', () => {
  it.each([
    ['f(async () => {})', 'f(function* () {})'],
    ['f(async () => await g())', 'f(function* () { return (yield* on(g())) })'],
    ['f(async (): Promise<number> => 1)', 'f(function* (): Promise<number> { return 1 })'],
    ['f(async <T>(a: T, b = 1) => a)', 'f(function* <T>(a: T, b = 1) { return a })'],
    ['f(async function () { return 1 })', 'f(function* () { return 1 })'],
    ['f(async () => ({ a: await b }))', 'f(function* () { return ({ a: (yield* on(b)) }) })'],
    [
      'f(async () => { await (await g()).h() })',
      'f(function* () { yield* on(((yield* on(g()))).h()) })',
    ],
    [
      'f(async () => g(async () => await h))',
      'f(function* () { return g(function* () { return (yield* on(h)) }) })',
    ],
    ['f(() => g(async () => 1))', 'f(() => g(function* () { return 1 }))'],
    ['f(function* () { yield* g })', 'f(function* () { yield* g })'],
    [
      'onLoop(async (loop) => { await g(async () => 1) })',
      'onLoop(async (loop) => { await g(function* () { return 1 }) })',
    ],
  ])('of %s', (source, expected) => {
    expect(generator(source)).toBe(expected)
  })

  it('does not let a statement that awaits go on from the line before', () => {
    const text = generator('f(async () => {\n  const a = b\n  await c()\n})')
    expect(text).toBe('f(function* () {\n  const a = b\n  yield* on(c())\n})')
  })

  it('awaits each step of a for await', () => {
    const text = generator('f(async () => {\n  for await (const a of b()) { g(a) }\n})')
    expect(text).toContain('asyncIterator(b())')
    expect(text).toContain('yield* on(iterator_.next())')
    expect(text).toContain('{ const a = step_.value; g(a) }')
    expect(text).toContain('if (isLeft_ && iterator_.return) yield* on(iterator_.return())')
  })

  it('ends what await using holds at the end of its block, the last one first', () => {
    const text = generator('f(async () => { await using a = b\n await using c = await d\n e() })')
    expect(text).toBe(
      'f(function* () { const a = b; try {\n const c = (yield* on(d)); try {\n e()  } finally ' +
        '{ yield* dispose(c) } } finally { yield* dispose(a) }})',
    )
  })

  it('awaits in an async generator function, and leaves its yield', () => {
    expect(generator('f(async function* () { yield await a })')).toBe(
      'f(function* () { yield (yield* on(a)) })',
    )
  })

  it.each([
    ['f(async function* () { yield* g })', '`yield*`'],
    ['f(async () => { for await (const a of b) c(a) })', '`for await` without braces'],
    ['f(async () => { await using a = b, c = d })', '`await using` of several names'],
    ['const o = { async f() {} }', 'an async method'],
    ['async function f() {}', 'an async function declaration'],
    ['f(async () => this)', '`this` in an async function'],
  ])('refuses %s', (source, what) => {
    expect(() => spell(source, 'x.ts', 'generator')).toThrow(`x.ts:1: ${what}`)
  })
})

describe('other spellings', () => {
  it('async is the source itself', () => {
    expect(spell('f(async () => 1)', 'x.ts', 'async')).toBe('f(async () => 1)')
  })

  it('alternating has both versions of every function, functions inside them included', () => {
    const both = 'alternate(async () => 1, function* () { return 1 })'
    expect(spell('f(async () => g(async () => 1))', 'x.ts', 'alternating')).toBe(
      `${helpers}f(alternate(async () => g(${both}), function* () { return g(${both}) }))`,
    )
  })
})

describe('hopping spelling', () => {
  it('puts microtasks before and after each await of an async function', () => {
    const text = spell(
      'f(async () => { await g(await h) })\nonLoop(async () => { await i })',
      'x.ts',
      'hopping',
    )
    expect(text.split('\n').slice(1)).toEqual([
      'f(async () => { first_(await (await null, g(first_(await (await null, h), await null))), await null) })',
      'onLoop(async () => { await i })',
    ])
  })
})

describe('what spelled programs use', () => {
  it('alternate takes turns over all functions', () => {
    resetTurns()
    const first = alternate(
      (n: number) => `async ${n}`,
      (n: number) => `generator ${n}`,
    )
    const second = alternate(
      () => 'async',
      () => 'generator',
    )
    expect([first(1), second(), first(2), first(3)]).toEqual([
      'async 1',
      'generator',
      'async 2',
      'generator 3',
    ])
    resetTurns()
    expect(second()).toBe('async')
  })

  it('on gives what can be delegated to as it is', () => {
    const generator = (function* () {})()
    expect(on(generator)).toBe(generator)
  })

  it('asyncIterator opens an async iterable', () => {
    const iterator = { next: () => Promise.reject(new Error('never read')) }
    expect(asyncIterator({ [Symbol.asyncIterator]: () => iterator })).toBe(iterator)
  })
})
