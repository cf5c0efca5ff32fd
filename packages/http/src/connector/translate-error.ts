import { ClientError, ClientPayloadError } from '../errors/client-error.ts'
import {
  ClientConnectionResetError,
  ClientConnectorCertificateError,
  ClientConnectorDNSError,
  ClientConnectorError,
  ClientConnectorSSLError,
  ClientProxyConnectionError,
  ServerDisconnectedError,
} from '../errors/connection-errors.ts'

/** What the certificate of a server is refused for, in OpenSSL's and Node's words. */
const CERTIFICATE =
  /^(CERT_|UNABLE_TO_|CRL_|DEPTH_ZERO|SELF_SIGNED|INVALID_(CA|PURPOSE)|PATH_LENGTH|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME)/
const TLS = /^(ERR_SSL_|ERR_OSSL_|ERR_TLS_|EPROTO)/
const DNS = /^(ENOTFOUND|EAI_|ENODATA|ESERVFAIL|EREFUSED|ETIMEOUT$)/

/** What a foreign error says, in one line; Node leaves the message of some of them empty. */
function describeCause(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  if (error instanceof AggregateError && error.errors.length > 0) {
    // One error for each address that was tried.
    return error.errors.map(describeCause).join('; ')
  }
  return codeOf(error) || error.name
}

export function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown }
  return typeof code === 'string' ? code : ''
}

/** Connecting to a proxy that forwards has failed. */
export function proxyError(cause: unknown, host: string, port: number): Error {
  if (cause instanceof ClientError) return cause
  const message = `cannot connect to the proxy ${host}:${port}: ${describeCause(cause)}`
  return new ClientProxyConnectionError(message, { host, port, cause })
}

/** Connecting has failed. */
export function connectError(error: unknown, host: string, port: number): Error {
  if (error instanceof ClientError) return error
  const code = codeOf(error)
  const options = { host, port, cause: error }
  const message = `cannot connect to ${port === 0 ? host : `${host}:${port}`}: ${describeCause(error)}`
  if (DNS.test(code)) return new ClientConnectorDNSError(message, options)
  if (CERTIFICATE.test(code)) return new ClientConnectorCertificateError(message, options)
  if (TLS.test(code)) return new ClientConnectorSSLError(message, options)
  return new ClientConnectorError(message, options)
}

/** Something has failed between the first byte of the request and the headers of the answer. */
export function requestError(error: unknown, isSent: boolean): Error {
  if (error instanceof ClientError) return error
  const code = codeOf(error)
  const cause = { cause: error }
  if (code === 'UND_ERR_INVALID_ARG') return new TypeError(describeCause(error), cause)
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
    return new ClientPayloadError('the body of the request is not as long as it says', cause)
  }
  if (code === 'UND_ERR_NOT_SUPPORTED') return new TypeError(describeCause(error), cause)
  if (isNoHttp(error, code)) {
    return new ClientPayloadError(`expected an answer in HTTP: ${describeCause(error)}`, cause)
  }
  if (!isSent && (code === 'ECONNRESET' || code === 'EPIPE')) {
    return new ClientConnectionResetError('the connection was lost while sending', cause)
  }
  if (code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE') {
    return new ServerDisconnectedError('the server closed the connection without an answer', cause)
  }
  return new ClientError(describeCause(error), cause)
}

/** undici leaves the code of some of its parser's errors empty. */
function isNoHttp(error: unknown, code: string): boolean {
  return (
    code.startsWith('HPE_') ||
    code === 'UND_ERR_HEADERS_OVERFLOW' ||
    code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH' ||
    (error as Error).name === 'HTTPParserError'
  )
}

/** The body has broken off after `received` bytes. */
export function payloadError(error: unknown, received: number, expected: number | null): Error {
  if (error instanceof ClientError) return error
  const promised = expected === null ? 'more' : `${expected} bytes`
  return new ClientPayloadError(
    `expected ${promised}, got ${received} bytes and the end of the connection: ${describeCause(error)}`,
    { cause: error },
  )
}
