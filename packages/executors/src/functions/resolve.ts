import { existsSync } from 'node:fs'
import { RuntimeError } from 'hocket'
import type { FunctionReference } from '../wire/function-reference.ts'
import { evaluateSource } from './inline.ts'

export type AnyFunction = (...args: never[]) => unknown

const resolved = new Map<string, AnyFunction>()

/** `work.js` for `work.ts` and back: the names that a source has before and after it is built. */
const OTHER_EXTENSION: Readonly<Record<string, readonly string[]>> = {
  js: ['ts', 'tsx'],
  mjs: ['mts'],
  cjs: ['cts'],
  ts: ['js'],
  tsx: ['js'],
  mts: ['mjs'],
  cts: ['cjs'],
}

/**
 * The function that a reference names, in this thread or process. Modules are imported once.
 *
 * @throws {@link RuntimeError} if the module can't be imported, which is its `cause`, or does not
 * export such a function
 */
export async function resolveFunction(reference: FunctionReference): Promise<AnyFunction> {
  const key = keyOf(reference)
  const known = resolved.get(key)
  if (known !== undefined) return known
  const fn =
    'source' in reference
      ? evaluateSource(reference.source)
      : exportOf(await importModule(reference.url, reference.name), reference)
  resolved.set(key, fn)
  return fn
}

/** What `resolveFunction` has found before, without a wait. */
export function resolvedFunction(reference: FunctionReference): AnyFunction | undefined {
  return resolved.get(keyOf(reference))
}

function keyOf(reference: FunctionReference): string {
  return 'source' in reference ? reference.source : `${reference.url}\n${reference.name}`
}

async function importModule(url: string, name: string): Promise<Record<string, unknown>> {
  const found = existing(url)
  try {
    return (await import(found)) as Record<string, unknown>
  } catch (error) {
    throw new RuntimeError(
      `the worker can't import ${found} for its '${name}': ${why(found, error)}`,
      {
        code: 'ERR_WORKER_MODULE',
        cause: error,
      },
    )
  }
}

function existing(url: string): string {
  if (!url.startsWith('file:') || existsSync(new URL(url))) return url
  const [, stem, extension, rest] = /^([^?#]*\.)([cm]?[jt]sx?)([?#].*)?$/.exec(url) ?? []
  for (const other of OTHER_EXTENSION[extension ?? ''] ?? []) {
    if (existsSync(new URL(`${stem}${other}`))) return `${stem}${other}${rest ?? ''}`
  }
  return url
}

function why(url: string, error: unknown): string {
  const code = String((error as { code?: unknown } | null)?.code)
  if (code.endsWith('_MODULE_NOT_FOUND') && url.startsWith('file:') && !existsSync(new URL(url))) {
    return "there is no such file. new URL('./work.js', import.meta.url) is relative to the module that it is in"
  }
  const message = error instanceof Error ? error.message : String(error)
  return code.endsWith('_UNKNOWN_FILE_EXTENSION') && /\.[cm]?tsx?$/.test(url)
    ? `${message}. Workers run TypeScript where the program does: start it by tsx, or by Node 22.18 or newer; for tests install tsx`
    : message
}

function exportOf(
  module: Record<string, unknown>,
  { url, name }: { url: string; name: string },
): AnyFunction {
  let value = own(module, name)
  // A CommonJS module, where Node could not tell the names of its exports.
  if (value === undefined) value = own(own(module, 'default'), name)
  if (typeof value === 'function') return value as AnyFunction
  const functions = Object.keys(module).filter((key) => typeof module[key] === 'function')
  const has = functions.length === 0 ? 'no functions at all' : functions.sort().join(', ')
  throw new RuntimeError(
    value === undefined
      ? `${url} has no export '${name}': it exports ${has}`
      : `the export '${name}' of ${url} is ${describe(value)}, and workers run functions: it exports ${has}`,
    { code: 'ERR_WORKER_EXPORT' },
  )
}

function own(object: unknown, name: string): unknown {
  const isHolder = (typeof object === 'object' || typeof object === 'function') && object !== null
  return isHolder && Object.hasOwn(object, name)
    ? (object as Record<string, unknown>)[name]
    : undefined
}

function describe(value: unknown): string {
  if (value === null) return 'null'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}
