import { isCoroutineFunction } from 'hocket'
import { VITE_DYNAMIC_IMPORT } from './expressions.ts'
import { freeNames } from './free-names.ts'
import { GLOBALS } from './globals.ts'
import { Unsure } from './scanner.ts'

type AnyFunction = (...args: never[]) => unknown

/** What compilers call in a function that looks as if it needed nothing: tsx and Vite. */
const HELPERS: Readonly<Record<string, unknown>> = {
  __name: (target: object, value: string) =>
    Object.defineProperty(target, 'name', { value, configurable: true }),
  [VITE_DYNAMIC_IMPORT]: (specifier: string) => import(specifier),
}

const FIX =
  "pass what it needs as arguments, or export it from a module: moduleFunctions<typeof import('./work.js')>(new URL('./work.js', import.meta.url))"

/**
 * The text of a function that refers to nothing outside itself but to what every worker has, as an
 * expression. A function's variables can't be seen from outside, so the text is what is looked at:
 * a name is taken for the global of that name, also where a module has declared it anew.
 *
 * @throws {@link TypeError} if it refers to anything else, or can't be read; the message says what
 */
export function inlineSource(fn: AnyFunction): string {
  const source = expressionOf(fn)
  let names: ReadonlySet<string>
  try {
    names = freeNames(source)
  } catch (error) {
    if (error instanceof Unsure) throw refusal(fn, `it can't be checked: ${error.message}`)
    throw error
  }
  const outside = [...names].filter((name) => !GLOBALS.has(name) && !Object.hasOwn(HELPERS, name))
  if (outside.length > 0) throw refusal(fn, refersTo(outside))
  return source
}

/** The function that such a text is, made here. */
export function evaluateSource(source: string): AnyFunction {
  const made: unknown = compile(source)(...Object.values(HELPERS))
  if (typeof made === 'function') return made as AnyFunction
  return Object.values(made as Record<string, AnyFunction>)[0] as AnyFunction
}

function expressionOf(fn: AnyFunction): string {
  if (isCoroutineFunction(fn)) {
    throw refusal(fn, 'a coroutine function has no text of its own: send the function inside it')
  }
  const source = Function.prototype.toString.call(fn)
  if (/\{\s*\[native code\]\s*\}$/.test(source)) {
    throw refusal(fn, 'it is native, or bound, and has no text of its own')
  }
  if (/^class\b/.test(source) && !/^class\s*\(/.test(source)) {
    throw refusal(fn, 'it is a class, and workers call functions')
  }
  // The first is an arrow or a function, the second a method.
  const error = syntaxErrorOf(source)
  if (error === undefined) return source
  const method = `({${source}})`
  if (syntaxErrorOf(method) === undefined && !/^[gs]et\s*[^(\s]/.test(source)) return method
  throw refusal(fn, `its text is not an expression in strict mode: ${error.message}`)
}

function syntaxErrorOf(source: string): SyntaxError | undefined {
  try {
    compile(source)
    return undefined
  } catch (error) {
    if (error instanceof SyntaxError) return error
    throw new TypeError(
      "this process does not make functions of text, so it can't send any: export it from a module and name it by moduleFunctions()",
      { cause: error },
    )
  }
}

function compile(source: string): (...helpers: unknown[]) => unknown {
  // node:vm would do as well, but its `import()` is experimental and says so on the console.
  // oxlint-disable-next-line typescript/no-implied-eval -- Functions are made of text here; that is all.
  return new Function(...Object.keys(HELPERS), `'use strict'; return (${source}\n)`) as (
    ...helpers: unknown[]
  ) => unknown
}

function refersTo(names: readonly string[]): string {
  const [name] = names as [string]
  if (name === 'eval') return "it can't be checked: it uses eval"
  if (name === 'require')
    return "it refers to 'require', which modules don't have: await import('node:…')"
  const others =
    names.length === 1
      ? ''
      : ` (and to ${names
          .slice(1)
          .map((each) => `'${each}'`)
          .join(', ')})`
  return `it refers to '${name}'${others}, outside of itself`
}

function refusal(fn: AnyFunction, why: string): TypeError {
  const name = Object.getOwnPropertyDescriptor(fn, 'name')?.value as unknown
  const which = typeof name === 'string' && name !== '' ? `the function '${name}'` : 'the function'
  return new TypeError(`${which} can't be sent to a worker: ${why}; ${FIX}`)
}
