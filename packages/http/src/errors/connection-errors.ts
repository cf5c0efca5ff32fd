import { ClientError, type ClientErrorOptions } from './client-error.ts'

/** There is no connection, or it broke. Trying again may help. aiohttp.ClientConnectionError. */
export class ClientConnectionError extends ClientError {
  override readonly name: string = 'ClientConnectionError'

  constructor(message: string, options: ClientErrorOptions = {}) {
    super(message, { code: 'ERR_HTTP_CONNECTION', ...options })
  }
}

/** Where somebody wanted to connect to. */
export interface ConnectorErrorOptions extends ClientErrorOptions {
  host: string
  port: number
}

/** A connection could not be made; `cause` is the system's error. aiohttp.ClientConnectorError. */
export class ClientConnectorError extends ClientConnectionError {
  override readonly name: string = 'ClientConnectorError'
  readonly host: string
  /** 0 for a Unix socket, whose path is the host. */
  readonly port: number

  constructor(message: string, options: ConnectorErrorOptions) {
    const { host, port, ...rest } = options
    super(message, { code: 'ERR_HTTP_CONNECT', ...rest })
    this.host = host
    this.port = port
  }
}

/** The name of the host can't be resolved. aiohttp.ClientConnectorDNSError. */
export class ClientConnectorDNSError extends ClientConnectorError {
  override readonly name: string = 'ClientConnectorDNSError'

  constructor(message: string, options: ConnectorErrorOptions) {
    super(message, { code: 'ERR_HTTP_DNS', ...options })
  }
}

/** The proxy can't be reached. aiohttp.ClientProxyConnectionError. */
export class ClientProxyConnectionError extends ClientConnectorError {
  override readonly name: string = 'ClientProxyConnectionError'

  constructor(message: string, options: ConnectorErrorOptions) {
    super(message, { code: 'ERR_HTTP_PROXY', ...options })
  }
}

/** TLS failed before there was a connection. aiohttp.ClientConnectorSSLError. */
export class ClientConnectorSSLError extends ClientConnectorError {
  override readonly name: string = 'ClientConnectorSSLError'

  constructor(message: string, options: ConnectorErrorOptions) {
    super(message, { code: 'ERR_HTTP_TLS', ...options })
  }
}

/** The server's certificate is not to be trusted. aiohttp.ClientConnectorCertificateError. */
export class ClientConnectorCertificateError extends ClientConnectorSSLError {
  override readonly name: string = 'ClientConnectorCertificateError'

  constructor(message: string, options: ConnectorErrorOptions) {
    super(message, { code: 'ERR_HTTP_CERTIFICATE', ...options })
  }
}

/** The server's certificate is another than the one that was asked for. */
export class ServerFingerprintMismatch extends ClientConnectionError {
  override readonly name: string = 'ServerFingerprintMismatch'
  readonly host: string
  readonly port: number
  /** SHA-256 of the certificate, as hexadecimal digits. */
  readonly expected: string
  readonly got: string

  constructor(options: { expected: string; got: string; host: string; port: number }) {
    const { expected, got, host, port } = options
    super(
      `expected a certificate with the SHA-256 ${expected} from ${host}:${port}, got ${got || 'none'}`,
      { code: 'ERR_HTTP_FINGERPRINT' },
    )
    this.expected = expected
    this.got = got
    this.host = host
    this.port = port
  }
}

/** The connection was lost while the request was being sent. aiohttp.ClientConnectionResetError. */
export class ClientConnectionResetError extends ClientConnectionError {
  override readonly name: string = 'ClientConnectionResetError'

  constructor(message: string, options: ClientErrorOptions = {}) {
    super(message, { code: 'ERR_HTTP_RESET', ...options })
  }
}

/** The server closed the connection before it had answered. aiohttp.ServerDisconnectedError. */
export class ServerDisconnectedError extends ClientConnectionError {
  override readonly name: string = 'ServerDisconnectedError'

  constructor(message = 'the server closed the connection', options: ClientErrorOptions = {}) {
    super(message, { code: 'ERR_HTTP_DISCONNECTED', ...options })
  }
}

/**
 * One of the request's times is over: `total`, or what a subclass says. It is a `TimeoutError` of
 * Hocket's as well. aiohttp.ServerTimeoutError.
 */
export class ServerTimeoutError extends ClientConnectionError {
  override readonly name: string = 'ServerTimeoutError'

  constructor(message: string, options: ClientErrorOptions = {}) {
    super(message, { code: 'ERR_HTTP_TIMEOUT', ...options })
  }
}
// What `instanceof TimeoutError` asks for, across copies of the runtime too.
Object.defineProperty(ServerTimeoutError.prototype, Symbol.for('hocket.TimeoutError'), {
  value: true,
})

/** No connection within `connect` or `sockConnect` ms. aiohttp.ConnectionTimeoutError. */
export class ConnectionTimeoutError extends ServerTimeoutError {
  override readonly name: string = 'ConnectionTimeoutError'

  constructor(message: string, options: ClientErrorOptions = {}) {
    super(message, { code: 'ERR_HTTP_CONNECT_TIMEOUT', ...options })
  }
}

/** The server sent nothing for `sockRead` ms. aiohttp.SocketTimeoutError. */
export class SocketTimeoutError extends ServerTimeoutError {
  override readonly name: string = 'SocketTimeoutError'

  constructor(message: string, options: ClientErrorOptions = {}) {
    super(message, { code: 'ERR_HTTP_READ_TIMEOUT', ...options })
  }
}
