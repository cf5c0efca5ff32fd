/** How long to wait before trying again. All in ms. */
export interface Backoff {
  /** The longest wait before the first new try; it doubles each time. */
  readonly base: number
  /** No wait of our own choice is longer. */
  readonly cap: number
}

/** Full jitter: anything up to the limit, so that those who failed together do not return together. */
export function jitter({ base, cap }: Backoff, attempt: number, random: number): number {
  return random * Math.min(cap, base * 2 ** Math.min(attempt - 1, 30))
}

/** Retry-After in ms from `now` (ms since 1970): seconds, or a date. Null if it says nothing. */
export function parseRetryAfter(value: string | null, now: number): number | null {
  if (value === null) return null
  const text = value.trim()
  if (/^\d+$/.test(text)) return Number(text) * 1000
  // A date in HTTP begins with its day; Date.parse takes almost anything else too.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return null
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
