import { stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../terminal/usage-error.ts'

const TYPESCRIPT = /\.[cm]?tsx?$/i

// What Node says when it takes TypeScript, and this file needs more than taking the types away.
const NEEDS_TSX: ReadonlySet<string> = new Set([
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_MODULE_NOT_FOUND',
])

export type Main = (args: string[]) => unknown

/**
 * Loads a module and gives its `main`.
 *
 * @throws UsageError if there is no such file, or no function of that name in it
 */
export async function loadMain(file: string): Promise<Main> {
  const path = resolve(file)
  const found = await stat(path).catch(() => null)
  if (found === null) throw new UsageError(`expected a file, got ${file}, which is not there`)
  if (!found.isFile()) throw new UsageError(`expected a file, got ${file}, which is none`)
  const module = await importProgram(path)
  const main = module['main']
  if (typeof main === 'function') return main as Main
  throw new UsageError(
    `expected ${file} to export a function main, got ${describeExports(module)}: ` +
      'write export const main = coroutine(async (args: string[]) => { … })',
  )
}

async function importProgram(path: string): Promise<Record<string, unknown>> {
  const url = pathToFileURL(path).href
  if (!TYPESCRIPT.test(path)) return await import(url)
  if (takesTypeScript()) {
    try {
      return await import(url)
    } catch (error) {
      // Found out while modules are linked, so nothing of the program has run.
      if (!NEEDS_TSX.has((error as NodeJS.ErrnoException | null)?.code ?? '')) throw error
    }
  }
  // A folder without a package.json that says "module" holds CommonJS, even in this syntax.
  const [{ register }, commonJs] = await Promise.all([import('tsx/esm/api'), import('tsx/cjs/api')])
  register()
  commonJs.register()
  return await import(url)
}

/**
 * Node 24 and later: before that it is an experiment, with warnings, and a module that could not be
 * loaded can't be loaded again in another way.
 */
function takesTypeScript(): boolean {
  // 'strip' or 'transform', or switched off.
  const { typescript = false } = process.features as { typescript?: string | false }
  return typescript !== false && Number.parseInt(process.versions.node, 10) >= 24
}

function describeExports(module: Record<string, unknown>): string {
  const names = Object.keys(module)
  if (names.includes('main')) return `main that is ${typeof module['main']}`
  if (names.length === 0) return 'one that exports nothing'
  return `one that exports ${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`
}

/**
 * The `hocket` that the program itself imports, so that there is one and not two; ours if it can't be
 * found from there.
 */
export async function hocketOf(path: string): Promise<typeof import('hocket')> {
  try {
    const found = createRequire(resolve(path)).resolve('hocket')
    return await import(pathToFileURL(found).href)
  } catch {
    return await import('hocket')
  }
}
