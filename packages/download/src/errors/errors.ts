import { stripAuthFromUrl } from '@hocket/http'
import { HocketError } from 'hocket'

/**
 * What kind of failure it was: `usage` is a mistake of whoever asked, `status` an answer of the
 * server that is not the file, `network` a connection, `integrity` content that is not what was
 * promised, `disk` the file system, `deadline` time that was over.
 */
export type ErrorClass = 'usage' | 'status' | 'network' | 'integrity' | 'disk' | 'deadline'

export interface DownloadErrorOptions {
  url: string
  cause?: unknown
}

/**
 * The base class of what can go wrong with a download; the subclass says who is to blame. `code`
 * is stable, `url` is the URL that failed, without a user's name and password in it.
 *
 * A cancelled download throws `CancelledError`, which is none of these.
 */
export class DownloadError extends HocketError {
  override readonly name: string = 'DownloadError'
  /** What kind of failure it was. */
  readonly errorClass: ErrorClass = 'network'
  /** The URL that failed: after a redirect, the one it led to. */
  readonly url: string
  /** How often the download was begun, this last time included. */
  attempts = 1

  constructor(message: string, options: DownloadErrorOptions & { code: string }) {
    super(message, options)
    this.url = stripAuthFromUrl(options.url)
  }
}

/** Whoever asked got the URL wrong: it can't be parsed, or it is neither `http:` nor `https:`. */
export class BadUrlError extends DownloadError {
  override readonly name: string = 'BadUrlError'
  override readonly errorClass: ErrorClass = 'usage'

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_BAD_URL' })
  }
}

/** An entry or an option that can't be meant: a checksum of an unknown kind, a folder that is none. */
export class BadEntryError extends DownloadError {
  override readonly name: string = 'BadEntryError'
  override readonly errorClass: ErrorClass = 'usage'

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_BAD_ENTRY' })
  }
}

/** The server answered, and the answer is not the file. */
export class HttpStatusError extends DownloadError {
  override readonly name: string = 'HttpStatusError'
  override readonly errorClass: ErrorClass = 'status'
  /** The status code, such as 404. */
  readonly status: number
  /** How long the server asked to be left alone, in ms; null when it did not say. */
  readonly retryAfter: number | null

  constructor(
    message: string,
    options: DownloadErrorOptions & { status: number; retryAfter?: number | null },
  ) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_HTTP_STATUS' })
    this.status = options.status
    this.retryAfter = options.retryAfter ?? null
  }
}

/** The server's redirects lead nowhere: in a circle, too far, or away from HTTP. */
export class RedirectError extends DownloadError {
  override readonly name: string = 'RedirectError'
  override readonly errorClass: ErrorClass = 'status'

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_REDIRECT' })
  }
}

/** The server can't be reached, broke off or took too long: trying again may help. */
export class NetworkError extends DownloadError {
  override readonly name: string = 'NetworkError'

  constructor(message: string, options: DownloadErrorOptions & { code?: string }) {
    super(message, { ...options, code: options.code ?? 'ERR_DOWNLOAD_NETWORK' })
  }
}

/** Nothing came for too long, or too little. */
export class StalledError extends NetworkError {
  override readonly name: string = 'StalledError'

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_STALLED' })
  }
}

/** The certificate of the server, or its TLS, is not to be trusted: trying again does not help. */
export class InsecureError extends NetworkError {
  override readonly name: string = 'InsecureError'

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_INSECURE' })
  }
}

/** The body is not what its headers promised: its length, its encoding, its range. */
export class IntegrityError extends DownloadError {
  override readonly name: string = 'IntegrityError'
  override readonly errorClass: ErrorClass = 'integrity'

  constructor(message: string, options: DownloadErrorOptions & { code?: string }) {
    super(message, { ...options, code: options.code ?? 'ERR_DOWNLOAD_INTEGRITY' })
  }
}

/** The file on the server is another one than it was when the download began, again and again. */
export class ChangedError extends IntegrityError {
  override readonly name: string = 'ChangedError'

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_CHANGED' })
  }
}

/** All bytes are here, and they are not those that the checksum was made of. */
export class ChecksumError extends IntegrityError {
  override readonly name: string = 'ChecksumError'
  /** As in the checksum that was given: `sha-256`. */
  readonly algorithm: string
  /** Hexadecimal. */
  readonly expected: string
  /** Hexadecimal. */
  readonly actual: string

  constructor(
    options: DownloadErrorOptions & { algorithm: string; expected: string; actual: string },
  ) {
    const { algorithm, expected, actual } = options
    super(`expected a file with ${algorithm} ${expected}, got ${actual}`, {
      ...options,
      code: 'ERR_DOWNLOAD_CHECKSUM',
    })
    this.algorithm = algorithm
    this.expected = expected
    this.actual = actual
  }
}

/** The file can't be written: no space, no permission, not a folder. */
export class DiskError extends DownloadError {
  override readonly name: string = 'DiskError'
  override readonly errorClass: ErrorClass = 'disk'

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_DISK' })
  }
}

/** The time for this file, or for the whole run, was over. */
export class DeadlineError extends DownloadError {
  override readonly name: string = 'DeadlineError'
  override readonly errorClass: ErrorClass = 'deadline'

  constructor(message: string, options: DownloadErrorOptions) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_DEADLINE' })
  }
}
