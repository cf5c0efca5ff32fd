import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '@hocket/test-support'
import { describe, expect, test, vi } from 'vitest'
import { start } from '../support/start.ts'

// Each test starts a program, which compiles its sources first.
vi.setConfig({ testTimeout: 60_000 })

// From the sources, as the command itself: no build has to come first.
const hocket = new URL('../../../hocket/src/index.ts', import.meta.url).href
const fix = 'write export const main = coroutine(async (args: string[]) => { … })'

/** Writes a program, and runs it. */
async function runSource(source: string, { name = 'program.ts', args = [] as string[] } = {}) {
  const folder = await makeFolder()
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, name), source.replaceAll("'hocket'", `'${hocket}'`))
  const [options, rest] = args[0] === '--debug' ? [['--debug'], args.slice(1)] : [[], args]
  return start(['run', ...options, name, ...rest], { cwd: folder })
}

describe('main is', () => {
  test.each([
    [
      'a coroutine function, asynchronous',
      `import { coroutine, sleep } from 'hocket'
       export const main = coroutine(async (args: string[]) => { await sleep(1); console.log(args); return 7 })`,
    ],
    [
      'a coroutine function, a generator',
      `import { coroutine, sleep } from 'hocket'
       export const main = coroutine(function* (args: string[]) { yield* sleep(1); console.log(args); return 7 })`,
    ],
    [
      'an async function',
      `export async function main(args: string[]): Promise<number> { await null; console.log(args); return 7 }`,
    ],
    [
      'a generator function, in a file that needs more than types taken away',
      `import { sleep } from 'hocket'
       enum Code { Seven = 7 }
       export function* main(args: string[]) { yield* sleep(1); console.log(args); return Code.Seven }`,
    ],
  ])('%s', async (_, source) => {
    const { ended } = await runSource(source, { args: ['a', '--help', '--', '-b'] })
    expect(await ended).toEqual({
      code: 7,
      signal: null,
      stdout: "[ 'a', '--help', '--', '-b' ]\n",
      stderr: '',
    })
  })

  test('in JavaScript, with nothing returned', async () => {
    const source = 'export const main = async () => { console.log(process.argv.slice(2)) }'
    const { ended } = await runSource(source, { name: 'program.mjs', args: ['x'] })
    expect(await ended).toMatchObject({ code: 0, stdout: "[ 'x' ]\n", stderr: '' })
  })
})

describe('what can not be run is said in one line', () => {
  test.each([
    [
      'export const start = 1, stop = 2',
      `expected program.ts to export a function main, got one that exports start, stop: ${fix}`,
    ],
    [
      'console.log("no")',
      `expected program.ts to export a function main, got one that exports nothing: ${fix}`,
    ],
    [
      'export const main = 5',
      `expected program.ts to export a function main, got main that is number: ${fix}`,
    ],
    [
      'export const main = () => 5',
      `expected main of program.ts to be a coroutine function, got one that gives number: ${fix}`,
    ],
    [
      'export const main = () => [1, 2]',
      `expected main of program.ts to be a coroutine function, got one that gives object: ${fix}`,
    ],
    [
      'export const main = async () => 256',
      'expected main of program.ts to return an exit code from 0 to 255, got 256: return nothing for 0',
    ],
  ])('%s', async (source, message) => {
    const { ended } = await runSource(source)
    const { code, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 2, stderr: `hocket run: ${message}\n` })
  })

  test.each([
    [[], "missing required argument 'FILE'"],
    [['no-such.ts'], 'expected a file, got no-such.ts, which is not there'],
    [['.'], 'expected a file, got ., which is none'],
    [['--dbug', 'a.ts'], "unknown option '--dbug' (Did you mean --debug?)"],
  ])('%j', async (args, message) => {
    const { code, stderr } = await start(['run', ...args]).ended
    expect({ code, stderr }).toEqual({ code: 2, stderr: `hocket run: ${message}\n` })
  })
})

test('an error is printed with its stack and its cause, at the lines of the source', async () => {
  const { ended } = await runSource(
    `interface Nothing { a: 1 }
     export async function main() {
       await null
       throw new Error('boom', { cause: new TypeError('why') })
     }`,
  )
  const { code, stderr } = await ended
  expect(code).toBe(1)
  expect(stderr).toMatch(/^Error: boom\n {4}at .*program\.ts:4:/)
  expect(stderr).toContain('[cause]: TypeError: why')
})

test('a module that never ends is told of', async () => {
  const { ended } = await runSource('await new Promise(() => {}); export async function main() {}')
  const { code, stderr } = await ended
  expect(code).toBe(13)
  expect(stderr).toContain('hocket: expected the module to end, got a top-level await of nothing\n')
})

test('all that was written comes out, whatever the code is', async () => {
  const { ended } = await runSource(
    `export async function main() { process.stdout.write('x'.repeat(5e6)); return 130 }`,
  )
  const { code, stdout } = await ended
  expect([code, stdout.length]).toEqual([130, 5e6])
})

test('--debug is the debug mode of the loop', async () => {
  const source = `import { getRunningLoop } from 'hocket'
    export const main = async () => { console.log(getRunningLoop().getDebug()) }`
  const [on, off] = [await runSource(source, { args: ['--debug'] }), await runSource(source)]
  expect(await on.ended).toMatchObject({ code: 0, stdout: 'true\n' })
  expect(await off.ended).toMatchObject({ code: 0, stdout: 'false\n' })
})

describe('Ctrl-C', () => {
  const source = `import { coroutine, sleep } from 'hocket'
    export const main = coroutine(async () => {
      try { console.log('up'); await sleep(100_000) }
      finally { await sleep(1); console.log('clean') }
    })`

  test('cancels main, which cleans up, and ends with 130', async () => {
    const { child, output, ended } = await runSource(source)
    await vi.waitUntil(() => output.stdout === 'up\n', { timeout: 30_000 })
    child.kill('SIGINT')
    expect(await ended).toEqual({
      code: 130,
      signal: null,
      stdout: 'up\nclean\n',
      stderr: 'interrupted by SIGINT\n',
    })
  })

  test('main may take it upon itself', async () => {
    const { child, output, ended } = await runSource(
      `import { CancelledError, coroutine, currentTask, sleep } from 'hocket'
       export const main = coroutine(async () => {
         try { console.log('up'); await sleep(100_000) }
         catch (error) { if (!(error instanceof CancelledError)) throw error; currentTask()?.uncancel(); return 3 }
       })`,
    )
    await vi.waitUntil(() => output.stdout === 'up\n', { timeout: 30_000 })
    child.kill('SIGINT')
    expect(await ended).toMatchObject({ code: 3, stderr: '' })
  })
})
