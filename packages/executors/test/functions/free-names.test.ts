// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are the texts of functions.
import { describe, expect, test } from 'vitest'
import { freeNames } from '../../src/functions/free-names.ts'
import { Unsure } from '../../src/functions/scanner.ts'

/** The text of a function, and the names in it that are from outside. */
const cases: Record<string, [source: string, free: string][]> = {
  'names and keys': [
    ['(a, b) => a + b', ''],
    ['(a) => a + b', 'b'],
    ['(o) => o.name.other?.third?.[key]', 'key'],
    [
      '(o) => ({ key: o, [computed]: 1, short, method() {}, get got() { return up } })',
      'computed short up',
    ],
    [
      "(o) => ({ 'quoted': 1, 2: 3, async *gen() { yield* more }, get: 1, set: 2, async: 3, static: 4 })",
      'more',
    ],
    ['() => ({ get, set, async, of, as })', 'get set async of as'],
    ['() => { label: for (;;) { break label } }', ''],
    ['() => { other: { break other } return other }', 'other'],
    ['function self(n) { return n && self(n - 1) }', ''],
    ['(o) => { o.if = o.class; return { if: 1, class: 2 } }', ''],
    ['(o) => #p in o', ''],
  ],
  scopes: [
    ['() => { { let x = 1; x } return x }', 'x'],
    ['() => { { var x = 1 } return x }', ''],
    ['() => { if (1) { function f() {} } return f }', 'f'],
    ['() => { return late; var late }', ''],
    ['() => { for (const i of items) i; return i }', 'items i'],
    ['() => { for (var i in items) i; return i }', 'items'],
    ['() => { for (x of y) z }', 'x y z'],
    ['async () => { for await (const [a, { b: c }] of d) c; }', 'd'],
    ['() => { try { } catch (e) { e } return e }', 'e'],
    ['() => { try { } catch { e } finally { f } }', 'e f'],
    ['() => { switch (a) { case b: let c; case d: c; default: e } return c }', 'a b d e c'],
    ['(a = b) => { var b; return a }', 'b'],
    ['(a, b = a) => b', ''],
    ['() => { const f = function named() { return named }; return named }', 'named'],
    ['() => { const f = class Named { m() { return Named } }; return Named }', 'Named'],
    ['() => { class A extends B { static #s = C; [D] = E; static { F } } return A }', 'B C D E F'],
    [
      '() => { var a = 1, [b, ...c] = d, { e, f: { g = h }, ...i } = j; [a, b, c, e, g, i] }',
      'd h j',
    ],
    ['([a, , { b = c }], ...d) => ({ a, b, d })', 'c'],
    ['() => { using a = b; { using c = a } return c }', 'b c'],
    ['async () => { await using a = b; return using }', 'b using'],
  ],
  arrows: [
    ['async x => await x', ''],
    ['async (x, { y }) => x + y + z', 'z'],
    ['() => async(x)', 'async x'],
    ['() => (a, b)', 'a b'],
    ['(a) => (b) => (c = (d) => d + e) => a + b + c + d', 'e d'],
    ['((a = (b = (c) => c) => b) => a)', ''],
    ['() => ({ a = 1 }) => a', ''],
    ['() => a ? (b) : c => d', 'a b d'],
    ['() => a ? (b, c) => b : (d)', 'a d'],
    ['x => { return x\n/y/g.z }', 'y g'],
  ],
  'text that looks like something else': [
    ['() => \'${a}\' + "b" // c', ''],
    ['() => `a ${b} ${`c ${d}`} \\${e} $f {g}`', 'b d'],
    ['() => tag`a ${b}`', 'tag b'],
    ['() => /[/"]a\\/b/g.test(c)', 'c'],
    ['() => a / b / c', 'a b c'],
    ['() => { if (a) /b/.test(c) }', 'a c'],
    ['() => { {} /b/.test(c) }', 'c'],
    ['() => (function () {} / b)', 'b'],
    ['() => [1_000n, 0xff, .5e-3, 1..toFixed(), 5.e1, a]', 'a'],
    ['() => { /* a */ return b /* c\n */ }', 'b'],
    ['() => { a\n++b\nreturn\nc }', 'a b c'],
    ['function* () { yield\nconst x = yield* a; yield /b/; }', 'a'],
    ['() => typeof void delete a.b', 'a'],
    ['() => new Foo.Bar(a)[b]', 'Foo a b'],
    ['(äöü, $, _) => äöü + $ + _ + ñ', 'ñ'],
  ],
  'what belongs to a function': [
    ['() => this', 'this'],
    ['function () { return this }', 'this'],
    ['function () { return () => this }', 'this'],
    ['() => function () { return this }', ''],
    ['() => ({ m() { return super.m(this, arguments) } })', ''],
    ['() => class { a = this; static b = () => this; [this.c] }', 'this'],
    ['({ m(a) { return super.m(a) } })', 'super'],
    ['({ m(a) { return arguments.length + this.a } })', 'this'],
    ['({ [this.key]() {} })', 'this'],
    ['() => arguments', 'arguments'],
    ['function () { return () => arguments }', ''],
    ['() => new.target', 'new.target'],
    ['function () { return new.target }', ''],
    ['() => import.meta.url', 'import.meta'],
    ["async () => await import('node:fs')", ''],
  ],
  'what Vite and tsx make of names': [
    ['() => (0, __vite_ssr_import_0__.sleep)(1)', 'sleep'],
    ['() => __vite_ssr_import_meta__.url', 'import.meta'],
    ['() => __vite_ssr_dynamic_import__("node:fs")', ''],
    ['() => __name(() => {}, "f")', '__name'],
  ],
}

for (const [about, list] of Object.entries(cases)) {
  describe(`${about}`, () => {
    test.each(list)('%s', (source, free) => {
      expect([...freeNames(source)].sort()).toEqual(free.split(' ').filter(Boolean).sort())
    })
  })
}

describe('what is not understood is not guessed', () => {
  test.each([
    ["() => import('./work.js')", 'relative'],
    ['(x) => import(x)', 'relative'],
    ['(x) => __vite_ssr_dynamic_import__("/src/work.js")', 'relative'],
    ['() => a<!--b', '<!--'],
    ['() => \\u0061', 'not understood'],
    ['() => a\\u0062', 'escape'],
    ['() => { a', 'end is missing'],
    ['() => (a', 'end is missing'],
    ['@decorated class {}', 'not understood'],
    ['() => {} + 1', "'+' in line 1"],
  ])('%s', (source, message) => {
    const attempt = () => freeNames(source)
    expect(attempt).toThrow(Unsure)
    expect(attempt).toThrow(message)
  })
})

test('arrows in the defaults of arrows take no more than linear time', () => {
  let source = '() => 1'
  for (let depth = 0; depth < 60; depth++) source = `(a${depth} = ${source}) => a${depth}`
  expect([...freeNames(source)]).toEqual([])
})
