import { describe, expect, test } from 'vitest'
import { exampleToModule } from '../lib/doc-code.mjs'
import { findExamples } from '../lib/doc-fences.mjs'

const tick = '```'

describe('findExamples', () => {
  test('in doc comments: ts fences under @example, with the line of their first line', () => {
    const text = [
      '/**',
      ' * Not one:',
      ` * ${tick}ts`,
      ' * nothing()',
      ` * ${tick}`,
      ' * @example',
      ` * ${tick}ts`,
      ' * const a = 1',
      ' *   a // => 1',
      ` * ${tick}`,
      ' * @returns something',
      ` * ${tick}ts`,
      ' * nothing()',
      ` * ${tick}`,
      ' */',
    ].join('\n')
    expect(findExamples('x.ts', text)).toEqual([
      { line: 8, code: 'const a = 1\n  a // => 1', docComment: true },
    ])
  })

  test('in doc comments: other languages and no-run are left alone', () => {
    const text = `/**\n * @example\n * ${tick}ts no-run\n * a\n * ${tick}\n * ${tick}sh\n * b\n * ${tick}\n */`
    expect(findExamples('x.ts', text)).toEqual([])
  })

  test('in Markdown: only fences marked as run', () => {
    const text = `${tick}ts\na\n${tick}\n\n${tick}ts run\nb\n${tick}\n`
    expect(findExamples('x.md', text)).toEqual([{ line: 6, code: 'b', docComment: false }])
  })
})

describe('exampleToModule', () => {
  const body = (code: string) =>
    exampleToModule(code, { line: 2 }).code.split('\n').slice(1).join('\n')

  test('a value after an expression', () => {
    expect(body('1 + 1 // => 2')).toBe('void (__reached(0), __expect(1 + 1).toEqual(2)) // => 2')
  })

  test('a value after a constant', () => {
    expect(body('const a = 1 // => 1')).toContain(
      'const a = 1; __reached(0); __expect(a).toEqual(1)',
    )
  })

  test('a value after console.log is that of its argument', () => {
    expect(body('console.log(x) // => 1')).toContain('__expect(x).toEqual(1)')
  })

  test('inside a function it is the innermost statement', () => {
    expect(body('run(() => {\n  f() // => 1\n})')).toBe(
      'run(() => {\n  void (__reached(0), __expect(f()).toEqual(1)) // => 1\n})',
    )
  })

  test('an error, at once and later', () => {
    expect(body('f() // => throws RangeError')).toContain('__expect(() => f()).toThrow(')
    expect(body('await f() // => throws RangeError')).toContain(
      'await (__reached(0), __expect(async () => await f()).rejects.toThrow(',
    )
  })

  test('an expectation of nothing is an error', () => {
    expect(() => exampleToModule('// => 2', { line: 2 })).toThrow('nothing stands before')
  })

  test('code that does not parse is an error', () => {
    expect(() => exampleToModule('const = 2', { line: 2 })).toThrow(SyntaxError)
  })

  test('exported names are imported, except those that the example brings itself', () => {
    const exported = new Map([
      ['run', 'hocket'],
      ['sleep', 'hocket'],
      ['other', 'hocket'],
    ])
    const { code } = exampleToModule('const run = 1\nsleep(run)', { line: 2, exported })
    expect(code).toContain(`import { sleep } from 'hocket'`)
    expect(code).not.toContain('run }')
  })

  test('lines keep their numbers', () => {
    const { code } = exampleToModule('a // => 1\nb // => 2', { line: 7 })
    expect(code.split('\n')[6]).toContain('__expect(a)')
    expect(code.split('\n')[7]).toContain('__expect(b)')
  })
})
