import * as hocket from 'hocket'
import * as ours from '../errors/errors.ts'

export type ErrorClass = abstract new (...args: never[]) => Error

/** What a class of the user's does by itself, in place of copying the own properties. */
export interface ErrorCodec<E extends Error = Error> {
  /** The name under which both sides know the class; the class's own by default. */
  readonly name?: string
  /** What is sent of an error; it has to be clonable. */
  readonly encode?: (error: E) => unknown
  /** Makes the error anew. Its stack is set afterwards, and `cause` and `errors` if it has none. */
  readonly decode?: (data: unknown, message: string) => E
}

export interface KnownClass extends ErrorCodec {
  readonly errorClass: ErrorClass
}

const byKey = new Map<string, KnownClass>()
const byPrototype = new Map<object, string>()

/**
 * Lets errors of a class of yours arrive with their class from workers, and in them. Do it in the
 * module that has the class: the program and its workers both import that. Message, stack, `cause`,
 * `errors` and own properties travel by themselves; the constructor is not called. A class with
 * `#private` fields says in `encode` and `decode` what is sent and how it is made anew.
 *
 * The classes of the language, of Node and of Hocket need none of this. Errors of other classes
 * arrive as the nearest of their base classes that is known, with their name and properties.
 *
 * @throws {@link TypeError} if `errorClass` is not a class of errors, another has its name, or one of
 * `encode` and `decode` lacks
 *
 * @example
 * ```ts
 * class TooLarge extends RangeError {
 *   limit = 10
 * }
 * registerError(TooLarge)
 * registerError(class TooLarge extends Error {}) // => throws TypeError
 * ```
 */
export function registerError<E extends Error>(
  errorClass: abstract new (...args: never[]) => E,
  codec: ErrorCodec<E> = {},
): void {
  const prototype = (errorClass as { prototype?: unknown } | null | undefined)?.prototype
  if (!(prototype instanceof Error)) {
    throw new TypeError('registerError expected a class that extends Error')
  }
  if ((codec.encode === undefined) !== (codec.decode === undefined)) {
    throw new TypeError('registerError expected encode and decode, or neither')
  }
  const name = codec.name ?? errorClass.name
  if (name === '') {
    throw new TypeError(
      'registerError expected a class with a name: registerError(class, { name })',
    )
  }
  const key = `user:${name}`
  const before = byKey.get(key)
  if (before !== undefined && before.errorClass !== errorClass) {
    throw new TypeError(
      `another class is registered as '${name}': registerError(class, { name: 'a name of its own' })`,
    )
  }
  add(key, { ...(codec as unknown as ErrorCodec), errorClass })
}

function add(key: string, known: KnownClass): void {
  byKey.set(key, known)
  byPrototype.set(known.errorClass.prototype as object, key)
}

/** The class that both sides know by `key`. */
export function classOf(key: string): KnownClass | undefined {
  if (key === ASSERTION && !byKey.has(key)) addAssertionError()
  return byKey.get(key)
}

/**
 * The keys of an error's class and of its base classes as far as they are known, the nearest first,
 * and whether the first of them is the class itself.
 */
export function keysOf(error: object): { keys: string[]; isExact: boolean } {
  const keys: string[] = []
  let isExact = false
  let isFirst = true
  for (const prototype of prototypesOf(error)) {
    const key = byPrototype.get(prototype) ?? foreignKey(prototype)
    if (key !== undefined) {
      keys.push(key)
      isExact ||= isFirst
    }
    isFirst = false
  }
  return { keys, isExact }
}

function* prototypesOf(object: object): Generator<object> {
  let each: unknown = Object.getPrototypeOf(object)
  while (typeof each === 'object' && each !== null) {
    yield each
    each = Object.getPrototypeOf(each)
  }
}

/** The same class of another realm, or of another copy of Hocket, which marks its prototypes. */
function foreignKey(prototype: object): string | undefined {
  for (const symbol of Object.getOwnPropertySymbols(prototype)) {
    const key = Symbol.keyFor(symbol)
    if (key?.startsWith('hocket.') && byKey.has(key)) return key
  }
  const made: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  if (typeof made !== 'function') return undefined
  // `node:assert` takes time to load; who has its error has it loaded.
  if (made.name === 'AssertionError' && classOf(ASSERTION)?.errorClass === made) return ASSERTION
  const isNative = Function.prototype.toString.call(made).endsWith('{ [native code] }')
  return isNative && byKey.has(made.name) ? made.name : undefined
}

const ASSERTION = 'node:AssertionError'

function addAssertionError(): void {
  const assert = process.getBuiltinModule('node:assert') as { AssertionError: ErrorClass }
  add(ASSERTION, { errorClass: assert.AssertionError })
}

const globals = globalThis as Readonly<Record<string, unknown>>
const wasm = globals['WebAssembly'] as Readonly<Record<string, unknown>> | undefined

function addAll(prefix: string, holder: Readonly<Record<string, unknown>> | undefined): void {
  for (const [name, value] of Object.entries(holder ?? {})) {
    const prototype = typeof value === 'function' ? (value.prototype as unknown) : undefined
    if (prototype instanceof Error) add(`${prefix}${name}`, { errorClass: value as ErrorClass })
  }
}

add('Error', { errorClass: Error })
const NAMES =
  'EvalError RangeError ReferenceError SyntaxError TypeError URIError AggregateError SuppressedError DOMException'
for (const name of NAMES.split(' ')) {
  addAll('', { [name]: globals[name] })
}
for (const name of ['CompileError', 'LinkError', 'RuntimeError']) {
  addAll('WebAssembly.', { [name]: wasm?.[name] })
}
addAll('hocket.', hocket)
addAll('hocket.', ours)
