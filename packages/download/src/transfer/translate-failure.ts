import {
  ClientConnectorSSLError,
  ClientError,
  RedirectError as HttpRedirectError,
  InvalidURL,
  ServerFingerprintMismatch,
  ServerTimeoutError,
  TooManyRedirects,
} from '@hocket/http'
import { describeCause } from '../errors/describe-cause.ts'
import {
  BadEntryError,
  BadUrlError,
  DownloadError,
  InsecureError,
  NetworkError,
  RedirectError,
  StalledError,
} from '../errors/errors.ts'

/** An error of the HTTP client in the words of downloads; any other as it is. */
export function translateFailure(error: unknown, url: string): unknown {
  if (error instanceof DownloadError) return error
  const options = { url, cause: error }
  if (isUnsendable(error)) return new BadEntryError(describeCause(error), options)
  if (!(error instanceof ClientError)) return error
  const message = describeCause(error)
  if (error instanceof HttpRedirectError || error instanceof TooManyRedirects) {
    return new RedirectError(message, options)
  }
  if (error instanceof InvalidURL) return new BadUrlError(message, options)
  if (error instanceof ClientConnectorSSLError || error instanceof ServerFingerprintMismatch) {
    return new InsecureError(message, options)
  }
  if (error instanceof ServerTimeoutError) return new StalledError(message, options)
  return new NetworkError(message, options)
}

/** A header that HTTP has, and that is not for whoever asks to set. */
function isUnsendable(error: unknown): error is TypeError {
  const { code } = ((error as Error).cause ?? {}) as { code?: unknown }
  return error instanceof TypeError && typeof code === 'string' && code.startsWith('UND_ERR_')
}
