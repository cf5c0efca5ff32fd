import type { ClientRequest } from '../message/client-request.ts'
import type { ClientResponse } from '../message/client-response.ts'
import { RetryBudget } from './retry-budget.ts'

/** A try that has failed, and what comes next. */
export interface RetryEvent {
  readonly request: ClientRequest
  /** How many tries there were. */
  readonly attempt: number
  /** When the next one begins, in ms from now. */
  readonly delay: number
  /** The answer that will be thrown away; null where there was none. */
  readonly response: ClientResponse | null
  /** Why there was none. */
  readonly error: unknown
}

/** When a request is sent once more. */
export interface RetryOptions {
  /** The most tries, the first one included; 3 by default. */
  attempts?: number
  /** The methods that may be sent twice; by default those that do not harm: GET, HEAD, OPTIONS, TRACE, PUT, DELETE. */
  methods?: readonly string[]
  /** The statuses that are worth another try: 408, 425, 429, 500, 502, 503 and 504 by default. */
  statuses?: readonly number[]
  /** The wait before the second try is up to `base` ms (500), twice that for each one more, up to `max` (30,000). */
  backoff?: { base?: number; max?: number }
  /** Waits a random part of it (full jitter), so that clients do not come back all at once; true by default. */
  jitter?: boolean
  /** Waits at least as long as `Retry-After` says; true by default. */
  respectRetryAfter?: boolean
  /** A server that asks for more ms than this (60,000) is not asked again: its answer is the result. */
  maxRetryAfter?: number
  /** Bounds how many requests of a session are retries; null for no bound. One of its own by default. */
  budget?: RetryBudget | null
  /** Told before each wait. What it throws is thrown. */
  onRetry?: (event: RetryEvent) => void
  /** From 0 up to 1; `Math.random` by default. */
  random?: () => number
  /** The time in ms since 1970; `Date.now` by default. */
  now?: () => number
}

/** The same with nothing left out. */
export interface RetryPolicy {
  readonly attempts: number
  readonly methods: ReadonlySet<string>
  readonly statuses: ReadonlySet<number>
  readonly base: number
  readonly max: number
  readonly jitter: boolean
  readonly respectRetryAfter: boolean
  readonly maxRetryAfter: number
  readonly budget: RetryBudget | null
  readonly onRetry: ((event: RetryEvent) => void) | null
  readonly random: () => number
  readonly now: () => number
}

// RFC 9110 9.2.2.
const IDEMPOTENT = ['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']
const TRANSIENT = [408, 425, 429, 500, 502, 503, 504]

/**
 * What `given` means: a number is how often a request is sent again, null is never, undefined is as in
 * `base`.
 *
 * @throws {@link RangeError} if a number in it makes no sense
 */
export function resolveRetry(
  given: RetryOptions | number | null | undefined,
  base: RetryPolicy | null,
): RetryPolicy | null {
  if (given === undefined) return base
  if (given === null || given === 0) return null
  const options: RetryOptions = typeof given === 'number' ? { attempts: given + 1 } : given
  const { attempts = 3, backoff = {}, maxRetryAfter = 60_000, methods = IDEMPOTENT } = options
  const { base: first = 500, max = 30_000 } = backoff
  if (!(attempts >= 1)) {
    throw new RangeError(`retry.attempts expected 1 or more, got ${attempts}`)
  }
  check(first, 'retry.backoff.base')
  check(max, 'retry.backoff.max')
  check(maxRetryAfter, 'retry.maxRetryAfter')
  return {
    attempts,
    methods: new Set(methods.map((method) => method.toUpperCase())),
    statuses: new Set(options.statuses ?? TRANSIENT),
    base: first,
    max,
    jitter: options.jitter ?? true,
    respectRetryAfter: options.respectRetryAfter ?? true,
    maxRetryAfter,
    budget: options.budget === undefined ? new RetryBudget() : options.budget,
    onRetry: options.onRetry ?? null,
    random: options.random ?? Math.random,
    now: options.now ?? Date.now,
  }
}

function check(value: number, name: string): void {
  if (!(value >= 0))
    throw new RangeError(`${name} expected a time in ms of 0 or more, got ${value}`)
}
