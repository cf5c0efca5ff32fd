/**
 * How long a request may take, in ms; null (or 0) is for ever. aiohttp.ClientTimeout.
 */
export interface ClientTimeout {
  /** All of it: the wait for a connection, redirects, retries, reading the body. 300,000 by default. */
  total?: number | null
  /** Until there is a connection, with the wait for one of the connector's; none by default. */
  connect?: number | null
  /** Making a new connection, without that wait; 30,000 by default. */
  sockConnect?: number | null
  /** From one piece of the answer to the next, and to the first; none by default. */
  sockRead?: number | null
}

/** The same with 0 for no limit. */
export interface ResolvedTimeout {
  readonly total: number
  readonly connect: number
  readonly sockConnect: number
  readonly sockRead: number
}

export const DEFAULT_TIMEOUT: ResolvedTimeout = {
  total: 300_000,
  connect: 0,
  sockConnect: 30_000,
  sockRead: 0,
}

/**
 * What `given` leaves out is as in `base`; a number is the total.
 *
 * @throws {@link RangeError} if one of them is negative or not a number
 */
export function resolveTimeout(
  given: ClientTimeout | number | null | undefined,
  base: ResolvedTimeout,
): ResolvedTimeout {
  if (given === undefined) return base
  if (given === null) return { total: 0, connect: 0, sockConnect: 0, sockRead: 0 }
  if (typeof given === 'number') return { ...base, total: check(given, 'total') }
  return {
    total: pick(given.total, base.total, 'total'),
    connect: pick(given.connect, base.connect, 'connect'),
    sockConnect: pick(given.sockConnect, base.sockConnect, 'sockConnect'),
    sockRead: pick(given.sockRead, base.sockRead, 'sockRead'),
  }
}

function pick(given: number | null | undefined, base: number, name: string): number {
  if (given === undefined) return base
  return given === null ? 0 : check(given, name)
}

function check(value: number, name: string): number {
  if (typeof value === 'number' && value >= 0) return value === Infinity ? 0 : value
  throw new RangeError(`timeout.${name} expected a time in ms of 0 or more, or null, got ${value}`)
}
