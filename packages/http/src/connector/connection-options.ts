import type { ConnectionOptions as TlsOptions } from 'node:tls'
import type { Authorization } from '../base/authorization.ts'

/**
 * How a server's certificate is checked: `true` as usual, `false` not at all, an object for what
 * `tls.connect` takes (`ca`, `cert`, `key`, `secureContext`, `minVersion` …).
 */
export type SslOption = boolean | TlsOptions

/** What one request says about its connection; it is shared only with requests that say the same. */
export interface ConnectionOptions {
  /** `http://host:port` or `https://…` of a proxy; null for none, whatever the environment says. */
  proxy?: string | URL | null | undefined
  proxyAuth?: Authorization | undefined
  /** Sent to the proxy. */
  proxyHeaders?: Readonly<Record<string, string>> | undefined
  ssl?: SslOption | undefined
  /** SHA-256 of the server's certificate, as bytes or hexadecimal digits, in place of other checks. */
  fingerprint?: Uint8Array | string | undefined
  /** The name that the certificate must have, in place of the host's. */
  serverHostname?: string | undefined
}
