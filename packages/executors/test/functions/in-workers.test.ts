import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { moduleFunctions, ProcessPoolExecutor, ThreadPoolExecutor } from '../../src/index.ts'
import { TooLarge } from './fixtures/work.ts'

const work = moduleFunctions<typeof import('./fixtures/work.ts')>(
  new URL('./fixtures/work.js', import.meta.url),
)

describe.each([ThreadPoolExecutor, ProcessPoolExecutor])('in a worker of a %o', (Pool) => {
  test('TypeScript, coroutine functions, inline functions and errors work', async () => {
    await using pool = new Pool(1)
    expect(await pool.submit(work.add, 1, 2)).toBe(3)
    expect(await pool.submit(work.double, 4)).toBe(8)
    expect(await pool.submit(work.default, 'a')).toBe('A')
    const hash = async (text: string) => {
      const { createHash } = await import('node:crypto')
      return createHash('md5').update(text).digest('hex')
    }
    expect(await pool.submit(hash, '')).toBe('d41d8cd98f00b204e9800998ecf8427e')
    const error = await Promise.resolve(pool.submit(work.fail)).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(TooLarge)
    expect(error).toMatchObject({ limit: 3, message: 'too large' })
    expect((error as Error).cause).toBeInstanceOf(TypeError)
    expect((error as Error).stack).toMatch(
      /work\.ts[\s\S]*--- in a worker; called by ---[\s\S]*in-workers\.test\.ts/,
    )
  }, 30_000)
})

describe('a program in TypeScript', () => {
  const program = fileURLToPath(new URL('./fixtures/program.ts', import.meta.url))
  const strips = Boolean((process.features as { typescript?: unknown }).typescript)

  function run(...options: string[]): string {
    const { VITEST: _, ...env } = process.env
    const args = ['--conditions=@hocket/source', ...options, program]
    const { stdout, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' })
    return stdout === '' ? stderr : stdout
  }

  test('that tsx runs has workers that run TypeScript', () => {
    expect(run('--import', 'tsx')).toBe('thread 3 process 3\n')
  }, 60_000)

  test.runIf(strips)(
    'whose types Node strips has workers that strip types',
    () => {
      expect(run()).toBe('thread 3 process 3\n')
    },
    60_000,
  )
})
