import type { FunctionReference } from '../wire/function-reference.ts'

/** The exports of a module that are functions. */
export type ModuleFunctions<M> = {
  readonly [K in keyof M as M[K] extends AnyFunction ? K : never]: M[K]
}

// biome-ignore lint/suspicious/noExplicitAny: every function matches, whatever it takes.
type AnyFunction = (...args: any[]) => unknown

const references = new WeakMap<object, FunctionReference>()

/**
 * Names for the functions that a module exports, for `submit` and `map`; `default` is one of them.
 * The module itself is not imported here: workers do that, each once, when they are first asked for
 * one of its functions. A name that it does not export is found out by the call.
 *
 * `url` is absolute: `new URL('./work.js', import.meta.url)`, `import.meta.resolve('package')`, or
 * a module of Node's, `'node:zlib'`. Where a file `work.js` is not there and a `work.ts` is, or the
 * other way round, that one is meant: programs move from sources to what was built of them.
 *
 * @throws {@link TypeError} if `url` is not such a URL
 *
 * @example
 * ```ts
 * const { basename } = moduleFunctions<typeof import('node:path')>('node:path')
 * await run(async () => {
 *   await using pool = new ThreadPoolExecutor(1)
 *   return await pool.submit(basename, '/images/cat.png')
 * }) // => 'cat.png'
 * ```
 */
export function moduleFunctions<M extends object>(url: URL | string): ModuleFunctions<M> {
  const href = checkUrl(url)
  const made = new Map<string, AnyFunction>()
  return new Proxy(Object.create(null) as ModuleFunctions<M>, {
    get(_target, name) {
      // `then` is asked for by `await` and by promises, of whatever they are given.
      if (typeof name === 'symbol' || name === 'then') return undefined
      const stub = made.get(name) ?? makeStub(href, name)
      made.set(name, stub)
      return stub
    },
    has: (_target, name) => typeof name === 'string' && name !== 'then',
  })
}

/** What is known of a function by `moduleFunctions`. */
export function moduleReference(fn: object): FunctionReference | undefined {
  return references.get(fn)
}

function makeStub(url: string, name: string): AnyFunction {
  const stub = (): never => {
    throw new TypeError(
      `'${name}' stands for a function of ${url} and runs in workers: executor.submit(${name}, …), or import the module to call it here`,
    )
  }
  Object.defineProperty(stub, 'name', { value: name, configurable: true })
  references.set(stub, { url, name })
  return stub
}

function checkUrl(url: unknown): string {
  const href = url instanceof URL ? url.href : url
  if (typeof href === 'string' && /^(?:file|node|data):/.test(href)) return href
  const got = typeof href === 'string' ? `'${href}'` : href === null ? 'null' : typeof href
  throw new TypeError(
    `moduleFunctions expected the absolute URL of a module (file:, node: or data:), got ${got}: new URL('./work.js', import.meta.url), or import.meta.resolve('package')`,
  )
}
