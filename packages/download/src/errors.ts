import { HocketError } from 'hocket'

/**
 * The base class of what can go wrong with a download; the subclass says who is to blame. `code`
 * is stable, `url` is the URL that failed, without a user's name and password in it.
 *
 * A cancelled download throws `CancelledError`, which is none of these.
 */
export class DownloadError extends HocketError {
  override readonly name: string = 'DownloadError'
  /** The URL that failed: after a redirect, the one it led to. */
  readonly url: string

  constructor(message: string, options: { code: string; url: string; cause?: unknown }) {
    super(message, options)
    this.url = options.url
  }
}

/** Whoever asked got the URL wrong: it can't be parsed, or it is neither `http:` nor `https:`. */
export class BadUrlError extends DownloadError {
  override readonly name: string = 'BadUrlError'

  constructor(message: string, options: { url: string; cause?: unknown }) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_BAD_URL' })
  }
}

/** The server answered, and the answer is not the file. */
export class HttpStatusError extends DownloadError {
  override readonly name: string = 'HttpStatusError'
  /** The status code, such as 404. */
  readonly status: number

  constructor(message: string, options: { url: string; status: number }) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_HTTP_STATUS' })
    this.status = options.status
  }
}

/** The server's redirects lead nowhere: in a circle, too far, or away from HTTP. */
export class RedirectError extends DownloadError {
  override readonly name: string = 'RedirectError'

  constructor(message: string, options: { url: string; cause?: unknown }) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_REDIRECT' })
  }
}

/** The server can't be reached, broke off or took too long: trying again may help. */
export class NetworkError extends DownloadError {
  override readonly name: string = 'NetworkError'

  constructor(message: string, options: { url: string; cause?: unknown }) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_NETWORK' })
  }
}

/** The body ended as it should, and is not what its headers promised: its length, its encoding. */
export class IntegrityError extends DownloadError {
  override readonly name: string = 'IntegrityError'

  constructor(message: string, options: { url: string; cause?: unknown }) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_INTEGRITY' })
  }
}

/** The file can't be written: no space, no permission, not a folder. */
export class DiskError extends DownloadError {
  override readonly name: string = 'DiskError'

  constructor(message: string, options: { url: string; cause?: unknown }) {
    super(message, { ...options, code: 'ERR_DOWNLOAD_DISK' })
  }
}

/** What a foreign error says, in one line; Node leaves the message of some of them empty. */
export function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  if (error instanceof AggregateError && error.errors.length > 0) {
    // One error for each address that was tried (IPv6, IPv4).
    return error.errors.map(describeCause).join('; ')
  }
  return (error as NodeJS.ErrnoException).code ?? error.name
}
