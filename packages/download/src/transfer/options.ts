import type { Backoff } from '../network/backoff.ts'
import { badHeader } from '../plan/http-headers.ts'
import type { FailurePolicy } from '../plan/policy.ts'
import type { DownloadEvent, RunEvent } from './events.ts'

/** What to do about a file of that name which is there already. */
export type IfExists = 'number' | 'skip'

/** How files are transferred. All times are in ms. */
export interface TransferOptions {
  /** Where files go; made if it is missing. The current folder by default. */
  folder?: string
  /** Lets names begin with a dot; false by default. */
  allowHidden?: boolean
  /**
   * `number`, the default, gives the new one a number: `NAME (1)`. `skip` leaves the old one as it is
   * and counts it as there: with it, a run that was interrupted can be given again.
   */
  ifExists?: IfExists
  /** Goes on with what a download of the same URL has left; true by default. */
  resume?: boolean
  /** How many connections one file may use at a time; 4 by default. */
  connections?: number
  /** Files from this size on are read in pieces, by several connections; 32 MiB by default. */
  splitFrom?: number
  /** How often a file is tried again, after failures that may pass; 5 by default. */
  retries?: number
  /** The wait before a new try: any time up to `base`, doubled each time up to `cap`; 500 and 30,000. */
  backoff?: Partial<Backoff>
  /** Who asks to be left alone for longer (Retry-After) is given up; 300,000 by default. */
  maxRetryAfter?: number
  /** For one file in all, with its waits between tries; no limit by default. */
  timeout?: number | null
  /** Gives up a connection on which nothing comes for so long; 60,000 by default, null for no limit. */
  idleTimeout?: number | null
  /** Gives up a connection that brings fewer bytes per second, over `lowSpeedTime`; 0, none, by default. */
  lowSpeed?: number
  /** 30,000 by default. */
  lowSpeedTime?: number
  /**
   * Flushed to the disk, file and folder, before a file has its name. By default (undefined) only
   * files above 1 MiB are flushed, without their folder; false flushes nothing.
   */
  durable?: boolean
  /** Makes the SHA-256 of each file; false by default. */
  sha256?: boolean
  /** Sent with each request. */
  headers?: Readonly<Record<string, string>>
  /** How many redirects are followed; 10 by default. */
  maxRedirects?: number
}

/** Options of one download. */
export interface DownloadOptions extends TransferOptions {
  /** What the file shall be called, made safe; by default what the server or its URL calls it. */
  name?: string
  /** Other places of the same file, tried in turn. */
  mirrors?: readonly (string | URL)[]
  /** What its bytes must come to: `sha-256=9f86d0…`; also md5, sha-1, sha-384, sha-512. */
  checksum?: string
  /** Bytes per second; no limit by default. */
  rateLimit?: number
  /** Told what happens as it happens, inside the download's task; an error it throws ends it. */
  onEvent?: (event: DownloadEvent) => void
}

/** Options of a run of many. */
export interface DownloadAllOptions extends TransferOptions {
  /** How many connections there are in all; 32 by default. */
  concurrency?: number
  /** How many connections to one host; 16 by default. */
  perHost?: number
  /** Fewer where a host shows that it has too much to do; true by default. */
  adaptive?: boolean
  /** Bytes per second over all files; no limit by default. */
  rateLimit?: number
  /** When failures end the run; `keep-going` by default. */
  policy?: FailurePolicy
  /** For the whole run; no limit by default. */
  totalTimeout?: number | null
  /** Told what happens as it happens; an error it throws ends the run. */
  onEvent?: (event: RunEvent) => void
}

/** The same with nothing left out. */
export type Settings = Required<Omit<TransferOptions, 'backoff' | 'durable'>> & {
  readonly backoff: Backoff
  readonly durable: boolean | undefined
}

const MEBIBYTE = 1024 * 1024

/** @throws RangeError if an option can't be meant */
export function settingsOf(options: TransferOptions): Settings {
  const settings: Settings = {
    folder: options.folder ?? '.',
    allowHidden: options.allowHidden ?? false,
    ifExists: options.ifExists ?? 'number',
    resume: options.resume ?? true,
    connections: options.connections ?? 4,
    splitFrom: options.splitFrom ?? 32 * MEBIBYTE,
    retries: options.retries ?? 5,
    backoff: { base: 500, cap: 30_000, ...options.backoff },
    maxRetryAfter: options.maxRetryAfter ?? 300_000,
    timeout: options.timeout ?? null,
    idleTimeout: options.idleTimeout === undefined ? 60_000 : options.idleTimeout,
    lowSpeed: options.lowSpeed ?? 0,
    lowSpeedTime: options.lowSpeedTime ?? 30_000,
    durable: options.durable,
    sha256: options.sha256 ?? false,
    headers: options.headers ?? {},
    maxRedirects: options.maxRedirects ?? 10,
  }
  const bad = badHeader(settings.headers)
  if (bad !== null) throw new RangeError(`headers: ${bad}`)
  atLeast(1, settings.connections, 'connections')
  atLeast(0, settings.retries, 'retries')
  atLeast(0, settings.maxRetryAfter, 'maxRetryAfter')
  atLeast(0, settings.backoff.base, 'backoff.base')
  atLeast(0, settings.backoff.cap, 'backoff.cap')
  atLeast(0, settings.lowSpeed, 'lowSpeed')
  atLeast(1, settings.lowSpeedTime, 'lowSpeedTime')
  atLeast(0, settings.maxRedirects, 'maxRedirects')
  atLeast(1, settings.timeout ?? 1, 'timeout')
  atLeast(1, settings.idleTimeout ?? 1, 'idleTimeout')
  return settings
}

/** @throws RangeError if it is less, or no number */
export function atLeast(least: number, value: number, name: string): void {
  if (typeof value === 'number' && value >= least) return
  throw new RangeError(`${name} expected a number of ${least} or more, got ${value}`)
}
