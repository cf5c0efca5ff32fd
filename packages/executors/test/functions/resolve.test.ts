import { isCoroutineFunction, RuntimeError } from 'hocket'
import { describe, expect, test } from 'vitest'
import { resolvedFunction, resolveFunction } from '../../src/functions/resolve.ts'

const broken = new URL('./fixtures/broken.ts', import.meta.url).href
const common = new URL('./fixtures/common.cjs', import.meta.url).href
const at = (path: string) => new URL(`./fixtures/${path}`, import.meta.url).href
const work = at('work.ts')

async function failure(reference: Parameters<typeof resolveFunction>[0]) {
  const error: unknown = await resolveFunction(reference).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(RuntimeError)
  return error as RuntimeError
}

describe('resolveFunction', () => {
  test('finds exports, the default one too', async () => {
    expect((await resolveFunction({ url: work, name: 'add' }))(...([1, 2] as never[]))).toBe(3)
    expect((await resolveFunction({ url: work, name: 'default' }))('a' as never)).toBe('A')
    expect(isCoroutineFunction(await resolveFunction({ url: work, name: 'double' }))).toBe(true)
  })

  test('remembers what it has found', async () => {
    const reference = { source: '() => 7' }
    expect(resolvedFunction(reference)).toBeUndefined()
    const fn = await resolveFunction(reference)
    expect(resolvedFunction({ source: '() => 7' })).toBe(fn)
    expect(await resolveFunction({ source: '() => 7' })).toBe(fn)
  })

  test('takes the .ts for a .js that is not there', async () => {
    const fn = await resolveFunction({ url: at('work.js'), name: 'add' })
    expect(fn(...([2, 3] as never[]))).toBe(5)
  })

  test('finds what a CommonJS module exports without saying its names', async () => {
    const url = common
    expect((await resolveFunction({ url, name: 'hidden' }))()).toBe('hidden')
  })

  test('says what a module exports', async () => {
    const error = await failure({ url: work, name: 'ad' })
    expect(error.code).toBe('ERR_WORKER_EXPORT')
    expect(error.message).toContain(
      "has no export 'ad': it exports TooLarge, add, default, double, fail",
    )
  })

  test('refuses what is no function', async () => {
    const error = await failure({ url: work, name: 'answer' })
    expect(error.code).toBe('ERR_WORKER_EXPORT')
    expect(error.message).toContain("the export 'answer'")
    expect(error.message).toContain('is a number')
  })

  test('does not take what every object inherits for an export', async () => {
    expect((await failure({ url: common, name: 'toString' })).code).toBe('ERR_WORKER_EXPORT')
  })

  test('says that a file is not there', async () => {
    const error = await failure({ url: at('nothing.js'), name: 'add' })
    expect(error.code).toBe('ERR_WORKER_MODULE')
    expect(error.message).toContain('there is no such file')
    expect(error.cause).toBeDefined()
  })

  test("keeps a module's own error as the cause", async () => {
    const error = await failure({ url: broken, name: 'never' })
    expect(error.code).toBe('ERR_WORKER_MODULE')
    expect(error.cause).toBeInstanceOf(SyntaxError)
  })
})
