import { inspect } from 'node:util'
import { HocketError } from 'hocket'

// Traces are in Python's words. What is not here has the same name in both languages.
const pythonNames: Readonly<Record<string, string>> = {
  Error: 'Exception',
  RangeError: 'ValueError',
}
const pythonNamesOfCodes: Readonly<Record<string, string>> = {
  ERR_LOOKUP: 'LookupError',
}

/** Writes a value as `show` of harness.py does. An error is shown as its type, a group with what is in it. */
export function show(value: unknown, isNested = false): string {
  if (value === null || value === undefined) return 'none'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return String(Math.round(value * 1e6) / 1e6)
  if (typeof value === 'string') return isNested ? JSON.stringify(value) : value
  if (Array.isArray(value)) return `[${value.map((item) => show(item, true)).join(', ')}]`
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('utf8'))
  if (value instanceof AggregateError) return `ExceptionGroup${show(value.errors)}`
  if (value instanceof Error) return typeName(value)
  if (isPlainObject(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${key}: ${show(item, true)}`)
    return `{${entries.join(', ')}}`
  }
  throw new TypeError(`log() shows plain values and errors, got ${inspect(value)}`)
}

function typeName(error: Error): string {
  const byCode = error instanceof HocketError ? pythonNamesOfCodes[error.code] : undefined
  const name = error.constructor.name
  return byCode ?? pythonNames[name] ?? name
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype
}
