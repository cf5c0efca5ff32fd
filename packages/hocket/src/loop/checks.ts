import { RuntimeError } from '../errors/errors.ts'

export function checkCallback(callback: unknown, method: string): void {
  if (typeof callback === 'function') return
  throw new TypeError(
    `${method} expected a function to call, got ${describe(callback)}${
      typeof callback === 'object' && callback !== null && 'then' in callback
        ? ': start a coroutine by createTask() instead'
        : ''
    }`,
  )
}

/** A time in ms must be a number; negative ones and Infinity are fine, as in asyncio. */
export function checkTime(value: unknown, method: string, what: string): void {
  if (typeof value !== 'number') {
    throw new TypeError(`${method} expected ${what} in ms as a number, got ${describe(value)}`)
  }
  if (Number.isNaN(value)) {
    throw new RangeError(
      `${method} expected ${what} in ms, got NaN: check the arithmetic it came from`,
    )
  }
}

/** A value's kind for an error message: "a Promise", "undefined", "a string". */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  const name = classNameOf(value)
  return `${/^[AEIOU]/.test(name) ? 'an' : 'a'} ${name}`
}

/** The name of a value's class. A bundler may have put an underscore before it. */
export function classNameOf(value: object): string {
  const name = value.constructor?.name || Object.prototype.toString.call(value).slice(8, -1)
  return name.replace(/^_/, '')
}

/** Makes Node's console print the instances of a class by their `toString()`. */
export function showAsText(shown: { prototype: object }): void {
  Object.defineProperty(shown.prototype, Symbol.for('nodejs.util.inspect.custom'), {
    value: asText,
  })
}

function asText(this: { toString(): string }): string {
  return this.toString()
}

export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    ((typeof value === 'object' && value !== null) || typeof value === 'function') &&
    typeof (value as { then?: unknown }).then === 'function'
  )
}

export function stoppedEarly(): RuntimeError {
  return new RuntimeError('the event loop was stopped before the awaitable was done')
}
