import { describe, expect, expectTypeOf, test } from 'vitest'
import { moduleFunctions } from '../../src/functions/module-functions.ts'
import { referenceOf } from '../../src/functions/reference.ts'

const url = new URL('./fixtures/work.ts', import.meta.url)
const work = moduleFunctions<typeof import('./fixtures/work.ts')>(url)

describe('moduleFunctions', () => {
  test('names functions by module and export', () => {
    expect(referenceOf(work.add)).toEqual({ url: url.href, name: 'add' })
    expect(referenceOf(work.default)).toEqual({ url: url.href, name: 'default' })
    expect(work.add.name).toBe('add')
  })

  test('gives the same function for a name each time', () => {
    expect(work.add).toBe(work.add)
    expect(referenceOf(work.add)).toBe(referenceOf(work.add))
    expect(work.add).not.toBe(work.double)
  })

  test('has the types of the functions, and nothing else', () => {
    expectTypeOf(work.add).toEqualTypeOf<(a: number, b: number) => number>()
    expectTypeOf(work).not.toHaveProperty('answer')
    expectTypeOf<Parameters<typeof work.default>>().toEqualTypeOf<[string]>()
  })

  test('is not taken for a promise', async () => {
    expect((await (work as unknown)) === work).toBe(true)
    expect('then' in work).toBe(false)
    expect('add' in work).toBe(true)
  })

  test('a name is not called here', () => {
    expect(() => work.add(1, 2)).toThrow(TypeError)
    expect(() => work.add(1, 2)).toThrow('executor.submit(add, …)')
  })

  test.each([
    ['./work.js', "got './work.js'"],
    ['lodash', "got 'lodash'"],
    ['/srv/work.js', "got '/srv/work.js'"],
    ['https://example.org/work.js', 'file:, node: or data:'],
    [null, 'got null'],
    [7, 'got number'],
  ])('refuses %s', (wrong, message) => {
    expect(() => moduleFunctions(wrong as string)).toThrow(TypeError)
    expect(() => moduleFunctions(wrong as string)).toThrow(message)
  })
})
