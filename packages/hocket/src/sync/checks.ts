/** A count must be a whole number, `least` or more. */
export function checkCount(value: unknown, least: number, what: string): void {
  if (typeof value !== 'number') {
    throw new TypeError(`${what} must be a whole number, got ${show(value)}`)
  }
  if (!Number.isInteger(value) || value < least) {
    const range = least === -Infinity ? '' : `, ${least} or more`
    throw new RangeError(`${what} must be a whole number${range}, got ${value}`)
  }
}

/** As `checkCount`, and Infinity means that there is no limit. */
export function checkLimit(value: unknown, least: number, what: string): void {
  if (value !== Infinity) checkCount(value, least, `${what} (or Infinity)`)
}

function show(value: unknown): string {
  if (typeof value === 'string') return `the string '${value}'`
  return value === null || value === undefined ? String(value) : `a value of type ${typeof value}`
}
