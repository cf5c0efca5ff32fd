import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { RuntimeError } from 'hocket'
import { isCondition, isInherited, isPreload, parseOptions } from './options.ts'

/** How a worker is started. */
export interface WorkerBootstrap {
  /** The module that it runs. */
  readonly entry: URL
  /** The options of its `node`, complete: nothing else is to be inherited. */
  readonly execArgv: string[]
}

/** Tells our own preload from others', in a worker that starts workers. */
const MARK = '/*tsx-in-a-worker*/'

/**
 * How to start a worker so that it finds modules as this program does.
 *
 * It has this program's options, without those that belong to one start (`--eval`, `--inspect`,
 * `--watch`, …), and in a thread without those that are the process's. Where this program runs
 * TypeScript through tsx, or is a test in Vitest, which compiles for itself alone, the worker gets
 * tsx. Where Node strips types by itself it does so in workers too. Without any of that a worker
 * gets no export conditions of Vitest's: they may lead to sources that it can't read.
 *
 * @throws {@link RuntimeError} if the entry is not there, as where a bundler has moved this module
 */
export function workerBootstrap(kind: 'thread' | 'process'): WorkerBootstrap {
  const inherited = parseOptions(process.execArgv).filter((option) => isInherited(option, kind))
  const tsx = tsxOf(process.execArgv, process.env['NODE_OPTIONS'])
  const execArgv: string[] = []
  for (const option of inherited) {
    if (isPreload(option) && isReplaced(option.value ?? '')) continue
    if (isCondition(option) && tsx === undefined && isVitest() && !stripsTypes()) continue
    execArgv.push(...option.args)
  }
  if (tsx !== undefined) execArgv.push('--import', preloadOf(tsx))
  return { entry: entryOf(kind), execArgv }
}

const ENTRIES = {
  thread: new URL('../worker/thread.ts', import.meta.url),
  process: new URL('../worker/process.ts', import.meta.url),
}

/** What is built has the extension of what is built. */
function entryOf(kind: 'thread' | 'process'): URL {
  const entry = ENTRIES[kind]
  if (!import.meta.url.endsWith('.ts')) entry.pathname = entry.pathname.replace(/\.ts$/, '.js')
  if (existsSync(entry)) return entry
  throw new RuntimeError(
    `the module that workers run is not at ${entry.href}: @hocket/executors has to stay a package of its own, so tell your bundler that it is external`,
    { code: 'ERR_WORKER_ENTRY' },
  )
}

function isVitest(): boolean {
  return process.env['VITEST'] === 'true'
}

/** `process.features.typescript` is `'strip'` or `'transform'` where Node can, from 22.10 on. */
function stripsTypes(): boolean {
  return Boolean((process.features as { typescript?: unknown }).typescript)
}

/** Vitest's is for Vitest, and tsx's is given in another form. */
function isReplaced(preload: string): boolean {
  return /^tsx(?:\/(?:esm|cjs))?$|[\\/]tsx[\\/]dist[\\/]|[\\/]node_modules[\\/]vitest[\\/]/.test(
    preload,
  )
}

/** The folder of the tsx to use, as a URL that ends in `/`; undefined where none is wanted. */
function tsxOf(execArgv: readonly string[], nodeOptions: string | undefined): string | undefined {
  const named = [...execArgv, ...(nodeOptions ?? '').split(/\s+/)]
  for (const each of named) {
    const again = each.endsWith(MARK) ? /file:[^"]*?\/dist\//.exec(decodeURIComponent(each)) : null
    if (again !== null) return again[0]
    const path = /^(?:--(?:import|require|loader)=)?(.*[\\/]tsx[\\/]dist[\\/])/.exec(each)?.[1]
    if (path !== undefined) return path.startsWith('file:') ? path : pathToFileURL(path).href
    if (/^(?:--(?:import|loader|require)=)?tsx(?:\/(?:esm|cjs))?$/.test(each)) return installedTsx()
  }
  const isSource = [import.meta.url, process.argv[1] ?? ''].some((path) =>
    /\.[cm]?tsx?$/.test(path),
  )
  return isVitest() || (isSource && !stripsTypes()) ? installedTsx() : undefined
}

function installedTsx(): string | undefined {
  for (const from of [join(process.cwd(), 'package.json'), fileURLToPath(import.meta.url)]) {
    try {
      const path = createRequire(from).resolve('tsx/package.json')
      return new URL('./dist/', pathToFileURL(path)).href
    } catch {
      // Not there: the next one, or none.
    }
  }
  return undefined
}

/** Both kinds of hooks of tsx, explicitly: its own `--import tsx` does nothing in a thread of Node 20. */
function preloadOf(tsx: string): string {
  const [cjs, esm] = ['cjs', 'esm'].map((kind) => JSON.stringify(`${tsx}${kind}/api/index.mjs`))
  return `data:text/javascript,${encodeURI(
    `import{register as c}from${cjs};import{register as e}from${esm};c();e()${MARK}`,
  )}`
}
