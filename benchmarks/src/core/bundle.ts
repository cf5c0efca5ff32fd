import { builtinModules } from 'node:module'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { Case } from '../lib/case.ts'

// What a web page pays for the runtime: run, createTask, sleep and Future, bundled and minified for
// browsers, then gzip at its best. And whether anything of Node is left in that bundle. The bundle is
// run before its size counts, since nothing is smaller than what does not work.
const ENTRY = "export { createTask, Future, run, sleep } from 'hocket'"

type Hocket = Pick<typeof import('hocket'), 'createTask' | 'Future' | 'run' | 'sleep'>

async function bundle(): Promise<{ code: Uint8Array; nodeImports: number }> {
  const { build } = await import('esbuild')
  const result = await build({
    stdin: { contents: ENTRY, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    external: ['node:*', ...builtinModules],
    metafile: true,
    write: false,
    logLevel: 'error',
  })
  const [output] = Object.values(result.metafile.outputs)
  const [file] = result.outputFiles
  if (output === undefined || file === undefined) throw new Error('esbuild gave no output')
  return { code: file.contents, nodeImports: output.imports.length }
}

async function check(code: Uint8Array): Promise<void> {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`
  const { createTask, Future, run, sleep } = (await import(url)) as Hocket
  const result = await run(function* () {
    const future = new Future<string>()
    createTask(function* () {
      yield* sleep(1)
      future.setResult('bundled')
    })
    return yield* future
  })
  if (result !== 'bundled') throw new Error(`the bundle gave ${result}`)
}

export const bundleSize: Case = {
  name: 'bundle',
  processes: 1,
  rounds: 1,
  warmUpMs: 0,
  rows: [
    {
      case: 'bundle of run, createTask, sleep, Future',
      unit: 'bytes, gzip -9',
      hocket: 'size',
      peer: { limit: 9000, text: '9,000 bytes' },
      bar: 1,
    },
    {
      case: 'Node modules in that bundle',
      unit: 'imports',
      hocket: 'Node imports',
      peer: { limit: 0, text: '0' },
      bar: 1,
    },
  ],
  contenders: {
    size: {
      prepare: async () => async () => {
        const { code } = await bundle()
        await check(code)
        return gzipSync(code, { level: 9 }).length
      },
    },
    'Node imports': { prepare: async () => async () => (await bundle()).nodeImports },
  },
}
