import { inspect } from 'node:util'
import { CancelledError, ExceptionGroup, HocketError, TimeoutError } from 'hocket'
import { describe, expect, test } from 'vitest'

const type = new TypeError('a type')
const range = new RangeError('a range')
const time = new TimeoutError()

const nested = () =>
  new ExceptionGroup('outer', [type, new ExceptionGroup('inner', [range, time]), 'text'])

/** The errors of a group as nested lists. */
function tree(group: unknown): unknown {
  return group instanceof ExceptionGroup ? group.exceptions.map(tree) : group
}

describe('a group', () => {
  test('is an AggregateError with its errors in order', () => {
    const group = new ExceptionGroup('two', [type, range])
    expect(group).toBeInstanceOf(AggregateError)
    expect(group).not.toBeInstanceOf(HocketError)
    expect(group.name).toBe('ExceptionGroup')
    expect(group.exceptions).toEqual([type, range])
    expect(group.exceptions).toBe(group.errors)
  })

  test.each([
    [[type], 'failed (1 sub-exception)'],
    [[type, range], 'failed (2 sub-exceptions)'],
  ])('says how many there are', (errors, message) => {
    const group = new ExceptionGroup('failed', errors)
    expect([group.message, group.bareMessage]).toEqual([message, 'failed'])
    expect(group.stack).toContain(`ExceptionGroup: ${message}\n    at `)
  })

  test('has no enumerable fields, and a cause only if it is given one', () => {
    expect(Object.keys(new ExceptionGroup('x', [type]))).toEqual([])
    expect('cause' in new ExceptionGroup('x', [type])).toBe(false)
    expect(new ExceptionGroup('x', [type], { cause: range }).cause).toBe(range)
  })

  test('does not change with the array it was made of', () => {
    const errors = [type]
    const group = new ExceptionGroup('x', errors)
    errors.pop()
    expect(group.exceptions).toEqual([type])
  })

  test('of nothing is refused', () => {
    expect(() => new ExceptionGroup('x', [])).toThrow(
      new RangeError(
        'ExceptionGroup expected at least one error, got an empty array: throw nothing in that case',
      ),
    )
  })

  test.each([
    [null, 'null'],
    [type, 'object'],
    [new Set([type]), 'object'],
    ['text', 'string'],
  ])('of %o is refused', (errors, got) => {
    expect(() => new ExceptionGroup('x', errors as never)).toThrow(
      new TypeError(
        `ExceptionGroup expected an array of errors as its second argument, got ${got}: new ExceptionGroup(message, [error, …])`,
      ),
    )
  })

  test('of another copy of the package is an instance, and is split as a nested one', async () => {
    const url = new URL('../../src/errors/exception-group.ts?copy', import.meta.url)
    const copy: typeof import('../../src/errors/exception-group.ts') = await import(url.href)
    const theirs = new copy.ExceptionGroup('theirs', [type, range])
    expect(copy.ExceptionGroup).not.toBe(ExceptionGroup)
    expect(theirs).toBeInstanceOf(ExceptionGroup)
    expect(tree(new ExceptionGroup('ours', [theirs]).subgroup(TypeError))).toEqual([[type]])
  })
})

describe('split', () => {
  test('by a class keeps the structure of both parts', () => {
    const [match, rest] = nested().split(TypeError)
    expect([tree(match), tree(rest)]).toEqual([[type], [[range, time], 'text']])
    const [ranges, others] = nested().split(RangeError)
    expect([tree(ranges), tree(others)]).toEqual([[[range]], [type, [time], 'text']])
  })

  test('by several classes', () => {
    const [match, rest] = nested().split([TypeError, TimeoutError])
    expect([tree(match), tree(rest)]).toEqual([
      [type, [time]],
      [[range], 'text'],
    ])
  })

  test('by a predicate, which is asked of the groups first', () => {
    const asked: unknown[] = []
    const group = nested()
    const [match, rest] = group.split((error: unknown) => {
      asked.push(error)
      return typeof error === 'string'
    })
    expect(asked).toEqual([group, type, group.exceptions[1], range, time, 'text'])
    expect([tree(match), tree(rest)]).toEqual([['text'], [type, [range, time]]])
  })

  test.each([
    ['an arrow function', (error: unknown) => error === range],
    [
      'a function',
      function isRange(error: unknown) {
        return error === range
      },
    ],
  ])('takes %s for a predicate', (_what, predicate) => {
    expect(tree(nested().subgroup(predicate))).toEqual([[range]])
  })

  test('takes classes of every kind', () => {
    class Plain {}
    function Old() {}
    Old.prototype = Object.create(Error.prototype)
    const group = new ExceptionGroup('x', [
      new Plain(),
      new CancelledError(),
      Object.create(Old.prototype),
    ])
    expect(group.subgroup(Plain)?.exceptions).toEqual([group.exceptions[0]])
    expect(group.subgroup(CancelledError)?.exceptions).toEqual([group.exceptions[1]])
    expect(group.subgroup(Old as never)?.exceptions).toEqual([group.exceptions[2]])
  })

  test('gives the group itself where the condition holds for it', () => {
    const group = nested()
    expect(group.split(ExceptionGroup)).toEqual([group, null])
    expect(group.split(ExceptionGroup)[0]).toBe(group)
    expect(group.subgroup(() => true)).toBe(group)
    expect(group.split(() => false)[0]).toBe(null)
    const inner = group.exceptions[1]
    expect(group.subgroup((error: unknown) => error === inner)?.exceptions[0]).toBe(inner)
  })

  test('keeps message, cause and stack, with the new count', () => {
    const group = new ExceptionGroup('failed', [type, range], { cause: 'why' })
    const [match] = group.split(TypeError)
    expect(match?.message).toBe('failed (1 sub-exception)')
    expect(match?.cause).toBe('why')
    expect(match?.stack).toBe(group.stack?.replace('2 sub-exceptions', '1 sub-exception'))
    expect(Object.keys(match as object)).toEqual([])
    expect('cause' in (nested().subgroup(TypeError) as object)).toBe(false)
  })

  test('of a group without a stack makes one without frames', () => {
    const group = nested()
    Object.defineProperty(group, 'stack', { value: undefined })
    expect(group.subgroup(TypeError)?.stack).toBe('ExceptionGroup: outer (1 sub-exception)')
  })

  test('makes the parts of a subclass by its derive', () => {
    class Numbered extends ExceptionGroup {
      readonly number: number
      constructor(message: string, errors: readonly unknown[], number: number) {
        super(message, errors)
        this.number = number
      }
      override derive<F>(errors: readonly F[]): ExceptionGroup<F> {
        return new Numbered(this.bareMessage, errors, this.number) as ExceptionGroup<F>
      }
    }
    const [match, rest] = new Numbered('x', [type, range], 7).split(TypeError)
    expect([(match as Numbered).number, (rest as Numbered).number]).toEqual([7, 7])
    expect(match).toBeInstanceOf(Numbered)
    class Plain extends ExceptionGroup {}
    expect(new Plain('x', [type, range]).subgroup(TypeError)).not.toBeInstanceOf(Plain)
  })

  test('refuses a derive that gives something else', () => {
    class Bad extends ExceptionGroup {
      override derive(): never {
        return new Error('no group') as never
      }
    }
    expect(() => new Bad('x', [type, range]).split(TypeError)).toThrow(
      new TypeError('derive() must give an ExceptionGroup'),
    )
  })

  test.each([
    ['text', 'string'],
    [undefined, 'undefined'],
    [[TypeError, 5], 'an array that has something else'],
  ])('refuses %o as a condition', (condition, got) => {
    expect(() => nested().split(condition as never)).toThrow(
      new TypeError(
        `expected an error class, an array of error classes or a predicate, got ${got}`,
      ),
    )
  })

  test('throws what the predicate throws', () => {
    expect(() =>
      nested().split(() => {
        throw range
      }),
    ).toThrow(range)
  })
})

describe('printed', () => {
  const bare = (error: Error) => Object.assign(error, { stack: `${error.name}: ${error.message}` })

  test('as text, it is a tree', () => {
    const group = new ExceptionGroup('outer', [
      new TypeError('one\nline more'),
      new ExceptionGroup('inner', [new RangeError('two')]),
      Object.create(null),
      3,
    ])
    expect(String(group).split('\n')).toEqual([
      'ExceptionGroup: outer (4 sub-exceptions)',
      '├─ TypeError: one',
      '│  line more',
      '├─ ExceptionGroup: inner (1 sub-exception)',
      '│  └─ RangeError: two',
      '├─ [object Object]',
      '└─ 3',
    ])
  })

  test('by the console, it is a tree of stacks', () => {
    const leaf = Object.assign(new TypeError('one'), {
      stack: 'TypeError: one\n    at leaf (x:1:1)',
    })
    const inner = new ExceptionGroup('inner', [leaf])
    inner.stack = `ExceptionGroup: ${inner.message}\n    at inner (x:2:1)`
    const group = new ExceptionGroup('outer', [inner, 'text'], { cause: bare(new Error('deeper')) })
    group.stack = `ExceptionGroup: ${group.message}\n    at outer (x:3:1)`
    expect(inspect(group).split('\n')).toEqual([
      'ExceptionGroup: outer (2 sub-exceptions)',
      '    at outer (x:3:1)',
      '  [cause]: [Error: deeper]',
      '├─ ExceptionGroup: inner (1 sub-exception)',
      '│      at inner (x:2:1)',
      '│  └─ TypeError: one',
      '│         at leaf (x:1:1)',
      "└─ 'text'",
    ])
  })

  test('many errors and deep groups are cut', () => {
    const wide = new ExceptionGroup(
      'wide',
      Array.from({ length: 17 }, (_each, index) => index),
    )
    expect(String(wide).split('\n').slice(-2)).toEqual(['├─ 14', '└─ … and 2 more'])
    let deep = new ExceptionGroup<unknown>('deep', [type])
    for (let depth = 0; depth < 50; depth += 1) deep = new ExceptionGroup('deep', [deep])
    const lines = String(deep).split('\n')
    expect(lines.length).toBe(12)
    expect(lines.at(-1)?.trim()).toBe('… deeper groups')
  })

  test('a group that is the cause of its own error is shown once', () => {
    const error = bare(new Error('round'))
    const group = new ExceptionGroup('x', [error])
    Object.assign(error, { cause: group })
    expect(inspect(group)).toContain('[Circular ExceptionGroup: x (1 sub-exception)]')
    expect(inspect(group)).toContain('[Circular ExceptionGroup: x (1 sub-exception)]')
  })
})
