import { DataCloneProblem } from '../errors/errors.ts'
import { classOf, type KnownClass, keysOf } from './error-classes.ts'
import { type Part, PartEncoder, partValue } from './error-parts.ts'
import { joinStacks, stackOf } from './error-stack.ts'
import { obstacleIn } from './values.ts'

export { type ErrorCodec, registerError } from './error-classes.ts'

/** An error, or whatever was thrown, as plain data that can be cloned. */
export interface EncodedError {
  /** What was thrown. */
  readonly root: Part
  /** All errors that hang together; they refer to each other by their place in this list. */
  readonly errors: readonly ErrorRecord[]
}

interface ErrorRecord {
  readonly className: string
  /** The classes that the sender knows, the nearest first. */
  readonly keys: readonly string[]
  readonly isExact: boolean
  readonly message: string
  readonly ownsMessage: boolean
  readonly name: string | undefined
  readonly code: string | number | undefined
  readonly stack: string
  readonly own: readonly OwnProperty[]
  /** What `encode` of the class gave. */
  readonly data: Part | undefined
}

interface OwnProperty {
  readonly key: string
  readonly isSymbol: boolean
  readonly isEnumerable: boolean
  readonly part: Part
}

/** What else is known of an error that came from a worker. */
export interface RemoteDetails {
  /** Its class's name in the worker. */
  readonly className: string
  /** Its stack in the worker. */
  readonly stack: string
  /** The properties that could not travel; the error has a description in their place. */
  readonly lost: readonly string[]
}

const details = new WeakMap<object, RemoteDetails>()

/**
 * What else is known of an error that a call in a worker has thrown: its class's name there, its
 * stack there, and what of it could not travel. Undefined for any other value.
 */
export function remoteDetails(error: unknown): RemoteDetails | undefined {
  return typeof error === 'object' && error !== null ? details.get(error) : undefined
}

/**
 * Whatever was thrown as plain data. It never throws: what can't be read or copied is described.
 * Own properties, `cause` and `errors` go with it, also where they lead back to the error.
 */
export function encodeError(error: unknown): EncodedError {
  const encoder = new PartEncoder()
  const part = encoder.part(error)
  const root = 'lost' in part ? { lost: whyLost(error, part.lost) } : part
  const errors: ErrorRecord[] = []
  for (let each = encoder.next(); each !== undefined; each = encoder.next()) {
    errors.push(recordOf(each, encoder))
  }
  return { root, errors }
}

function whyLost(thrown: unknown, description: string): string {
  const obstacle = attempt(() => obstacleIn(thrown, 'what was thrown', 'process'), undefined)
  return obstacle ?? `what was thrown can't be copied: ${description}`
}

function recordOf(error: Error, encoder: PartEncoder): ErrorRecord {
  const { keys, isExact } = attempt(() => keysOf(error), { keys: ['Error'], isExact: false })
  const known = isExact ? classOf(keys[0] as string) : undefined
  const encode = known?.encode
  const data = attempt(
    () => (encode === undefined ? undefined : encoder.part(encode(error))),
    undefined,
  )
  const name = attempt<unknown>(() => error.name, undefined)
  const code = attempt<unknown>(() => (error as { code?: unknown }).code, undefined)
  return {
    className: attempt(() => String(error.constructor.name), ''),
    keys,
    isExact,
    message: attempt(() => String(error.message), '(its message could not be read)'),
    ownsMessage: attempt(() => Object.hasOwn(error, 'message'), true),
    name: typeof name === 'string' ? name : undefined,
    code: typeof code === 'string' || typeof code === 'number' ? code : undefined,
    stack: stackOf(error),
    own: attempt(() => ownOf(error, encoder), []),
    data,
  }
}

const ELSEWHERE = new Set<string | symbol>(['message', 'stack'])
const STRUCTURE = new Set<string | symbol>(['cause', 'errors'])

function ownOf(error: Error, encoder: PartEncoder): OwnProperty[] {
  const own: OwnProperty[] = []
  for (const key of Reflect.ownKeys(error)) {
    if (ELSEWHERE.has(key)) continue
    const isEnumerable = Object.getOwnPropertyDescriptor(error, key)?.enumerable === true
    if (typeof key === 'symbol') {
      // Only the registered ones mean something elsewhere. Node's own are not enumerable.
      const name = Symbol.keyFor(key)
      if (name === undefined && !isEnumerable) continue
      const part = encoder.property(error, key)
      own.push({ key: name ?? String(key), isSymbol: name !== undefined, isEnumerable, part })
    } else {
      own.push({ key, isSymbol: false, isEnumerable, part: encoder.property(error, key) })
    }
  }
  return own
}

/**
 * What {@link encodeError} was given, made anew: an error of the nearest class that is known here,
 * whatever was thrown otherwise.
 *
 * @param callerStack the `stack` of an object made where the call was made: its frames come below
 * the worker's
 */
export function decodeError(encoded: EncodedError, callerStack?: string): unknown {
  const { root, errors: records } = encoded
  const errors = records.map((record, index) => {
    const isRoot = 'ref' in root && root.ref === index
    return makeError(record, isRoot ? callerStack : undefined)
  })
  const made = errors.map((each) => each.error)
  for (const [index, record] of records.entries()) {
    const { error, isExact, isDecoded } = errors[index] as Made
    fill(error, record, isDecoded, made)
    const lost = record.own.filter(({ part }) => 'lost' in part).map(({ key }) => key)
    details.set(error, { className: record.className, stack: record.stack, lost })
    if (!isExact) rename(error, record)
  }
  if ('lost' in root) return new DataCloneProblem(root.lost)
  return partValue(root, made)
}

interface Made {
  readonly error: Error
  /** Whether it is of the very class that was thrown. */
  readonly isExact: boolean
  /** Whether its class has made it anew by itself. */
  readonly isDecoded: boolean
}

function makeError(record: ErrorRecord, callerStack: string | undefined): Made {
  const index = record.keys.findIndex((key) => classOf(key) !== undefined)
  const known = classOf(record.keys[index] ?? 'Error')
  const isExact = record.isExact && index === 0
  const decoded = isExact ? decodeWith(known, record) : undefined
  const error = decoded ?? instanceOf(known?.errorClass ?? Error, record)
  if (isExact && !record.ownsMessage && decoded === undefined) {
    delete (error as { message?: string }).message
  }
  const className = isExact || record.className === 'NodeError' ? undefined : record.className
  define(error, 'stack', joinStacks(record.stack, className, callerStack), false)
  return { error, isExact, isDecoded: decoded !== undefined }
}

function decodeWith(
  known: KnownClass | undefined,
  { data, message }: ErrorRecord,
): Error | undefined {
  const decode = known?.decode
  if (decode === undefined || data === undefined || !('value' in data)) return undefined
  const made: unknown = attempt(() => decode(data.value, message), undefined)
  return made instanceof Error ? made : undefined
}

/** Without its constructor, which may want anything; a real error for the engine nevertheless. */
function instanceOf(errorClass: { readonly prototype: object }, record: ErrorRecord): Error {
  if (errorClass === DOMException) return new DOMException(record.message, record.name)
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 0
  const error = new Error(record.message)
  Error.stackTraceLimit = limit
  return Object.setPrototypeOf(error, errorClass.prototype) as Error
}

function fill(
  error: Error,
  record: ErrorRecord,
  isDecoded: boolean,
  errors: readonly Error[],
): void {
  for (const { key, isSymbol, isEnumerable, part } of record.own) {
    const name = isSymbol ? Symbol.for(key) : key
    if (isDecoded && (!STRUCTURE.has(name) || Object.hasOwn(error, name))) continue
    define(error, name, partValue(part, errors), isEnumerable)
  }
}

/** What its class said of every error of its own is said by the error itself. */
function rename(error: Error, record: ErrorRecord): void {
  if (record.name !== undefined && error.name !== record.name) {
    define(error, 'name', record.name, false)
  }
  const { code } = error as { code?: unknown }
  if (record.code !== undefined && code !== record.code) define(error, 'code', record.code, false)
}

function define(error: Error, key: string | symbol, value: unknown, enumerable: boolean): void {
  Object.defineProperty(error, key, { value, enumerable, writable: true, configurable: true })
}

function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
