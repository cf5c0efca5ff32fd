import { describe } from '../loop/checks.ts'

/** How many items `map` and `forEach` have under way at once when they are not told. */
export const DEFAULT_CONCURRENCY = 32

export function checkConcurrency(concurrency: unknown, name: string): void {
  if (typeof concurrency !== 'number') {
    throw new TypeError(`${name} expected concurrency to be a number, got ${describe(concurrency)}`)
  }
  if (!(concurrency >= 1) || (!Number.isInteger(concurrency) && concurrency !== Infinity)) {
    throw new RangeError(
      `${name} expected concurrency to be a whole number from 1, or Infinity, got ${concurrency}`,
    )
  }
}

export function checkFunction(fn: unknown, name: string): void {
  if (typeof fn === 'function') return
  throw new TypeError(`${name} expected a function (item, index) => …, got ${describe(fn)}`)
}
