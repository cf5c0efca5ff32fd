import type { AbstractCookieJar } from '../base/abstract-cookie-jar.ts'
import type { Authorization } from '../base/authorization.ts'
import type { ResolvedTimeout } from '../base/client-timeout.ts'
import type { ConnectionOptions } from '../connector/connection-options.ts'
import type { TCPConnector } from '../connector/tcp-connector.ts'
import type { TraceConfig } from '../trace/trace-config.ts'
import type { HeaderDefaults } from './build-headers.ts'
import type { UrlBuilder } from './build-url.ts'
import type { RaiseForStatus } from './options.ts'
import type { RetryPolicy } from './retry-options.ts'
import type { RunMiddleware } from './send.ts'

/** What all requests of a session have in common, worked out once. */
export interface SessionState {
  /** The ClientSession, for trace signals. */
  readonly session: unknown
  readonly connector: TCPConnector
  readonly urls: UrlBuilder
  readonly headers: HeaderDefaults
  readonly cookieJar: AbstractCookieJar
  readonly auth: Authorization | null
  readonly timeout: ResolvedTimeout
  readonly connection: ConnectionOptions | null
  readonly maxRedirects: number
  readonly raiseForStatus: RaiseForStatus
  readonly middlewares: readonly RunMiddleware[]
  readonly retry: RetryPolicy | null
  readonly decompress: boolean
  readonly trustEnv: boolean
  readonly traceConfigs: readonly TraceConfig[]
  readonly jsonSerialize: (value: unknown) => string
}
