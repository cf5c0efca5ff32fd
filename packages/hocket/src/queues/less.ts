/**
 * Python's `<`, for what has a natural order: numbers (with bigints and booleans), strings, and
 * arrays of these, by the first place in which they differ.
 *
 * @throws {@link TypeError} for everything else, and for different kinds
 */
export function isLess(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return a < b
  if (typeof a === 'string' && typeof b === 'string') return a < b
  if (Array.isArray(a) && Array.isArray(b)) return isLessArray(a, b)
  if (isNumeric(a) && isNumeric(b)) return a < b
  throw new TypeError(
    `a PriorityQueue cannot order ${describe(a)} and ${describe(b)}: put [priority, tie-breaker, item], or give it { compare: (a, b) => number }`,
  )
}

function isLessArray(a: readonly unknown[], b: readonly unknown[]): boolean {
  const shorter = Math.min(a.length, b.length)
  for (let index = 0; index < shorter; index += 1) {
    if (!isEqual(a[index], b[index])) return isLess(a[index], b[index])
  }
  return a.length < b.length
}

function isEqual(a: unknown, b: unknown): boolean {
  if (a === b || Object.is(a, b)) return true
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((item, index) => isEqual(item, b[index]))
  }
  // biome-ignore lint/suspicious/noDoubleEquals: 1n and 1, true and 1 are equal
  return isNumeric(a) && isNumeric(b) && a == b
}

function isNumeric(value: unknown): value is number {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (typeof value !== 'object') return `a ${typeof value}`
  return Array.isArray(value) ? 'an array' : `an object (${value.constructor?.name ?? 'Object'})`
}
