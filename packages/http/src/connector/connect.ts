import { createHash } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type { Socket } from 'node:net'
import type { TLSSocket, ConnectionOptions as TlsOptions } from 'node:tls'
import { buildConnector } from 'undici'
import { SocketReads } from '../base/read-buffers.ts'
import type { Target } from '../base/target.ts'
import { ServerFingerprintMismatch } from '../errors/connection-errors.ts'
import { ClientHttpProxyError } from '../errors/response-errors.ts'
import type { SslOption } from './connection-options.ts'
import type { DnsCache, LookupListener } from './dns-cache.ts'
import type { ProxyServer } from './proxy.ts'
import { proxyError } from './translate-error.ts'

/** How sockets to one server are made. */
export interface ConnectPlan {
  readonly target: Target
  /** It is asked to lead to the server; null where the connection goes there itself. */
  readonly tunnel: ProxyServer | null
  readonly ssl: SslOption
  /** Hexadecimal digits. */
  readonly fingerprint: string | null
  readonly serverHostname: string | null
  readonly dns: DnsCache
  readonly socketPath: string | null
  readonly localAddress: string | null
  readonly family: 0 | 4 | 6
  readonly allowH2: boolean
}

export type Connected = (error: Error | null, socket: Socket | null) => void

/** Something that can be given up before it is there. */
export interface Destroyable {
  destroy(): unknown
}

/** Makes a socket; what it gives back can be destroyed until then. `listener` hears of lookups. */
export type Connect = (listener: LookupListener | null, connected: Connected) => Destroyable

export function makeConnect(plan: ConnectPlan): Connect {
  const { target, tunnel, fingerprint } = plan
  // Lookups begin while the socket is made, so that they can be told apart without a closure each.
  let current: LookupListener | null = null
  const lookup: ReturnType<DnsCache['lookup']> = (host, options, callback) =>
    plan.dns.lookup(current)(host, options, callback)
  const settings = {
    ...tlsOptions(plan),
    timeout: 0,
    allowH2: plan.allowH2,
    socketPath: plan.socketPath,
    lookup,
    // Node gives no certificate of a connection that goes on with an earlier session.
    ...(fingerprint === null ? {} : { maxCachedSessions: 0 }),
    ...(plan.family === 0 ? { autoSelectFamily: true } : { family: plan.family }),
  }
  const open = target.isSecure ? buildOpen(settings) : openPlain(settings)
  const whole = fingerprint === null ? pass : checkFingerprint(fingerprint, target)

  const direct = (
    listener: LookupListener | null,
    httpSocket: Socket | undefined,
    connected: Connected,
  ): Destroyable => {
    current = listener
    try {
      const options = {
        hostname: target.hostname,
        host: target.origin.slice(target.origin.indexOf('//') + 2),
        protocol: target.isSecure ? 'https:' : 'http:',
        port: String(target.port),
        ...(plan.localAddress === null ? {} : { localAddress: plan.localAddress }),
        ...(httpSocket === undefined ? {} : { httpSocket }),
      }
      return open(options, whole(connected))
    } finally {
      current = null
    }
  }
  if (tunnel === null) return (listener, connected) => direct(listener, undefined, connected)
  return (listener, connected) => {
    const attempt: { inner: Destroyable; destroy(): void } = {
      inner: openTunnel(tunnel, plan, lookup, (error, socket) => {
        if (error !== null || socket === null) connected(error, null)
        else if (target.isSecure) attempt.inner = direct(listener, socket, connected)
        else {
          attempt.inner = socket
          connected(null, socket)
        }
      }),
      destroy: () => attempt.inner.destroy(),
    }
    return attempt
  }
}

type OpenSocket = (options: object, callback: Connected) => Socket

function buildOpen(settings: object): OpenSocket {
  return buildConnector(settings as buildConnector.BuildOptions) as unknown as OpenSocket
}

function openPlain(settings: object): OpenSocket {
  return (options, callback) => {
    const reads = new SocketReads()
    const socket = buildOpen({ ...settings, onread: reads.onread })(options, callback)
    reads.bind(socket)
    return socket
  }
}

function tlsOptions({
  ssl,
  fingerprint,
  serverHostname,
}: Pick<ConnectPlan, 'ssl' | 'fingerprint' | 'serverHostname'>): TlsOptions {
  const given = typeof ssl === 'object' ? ssl : {}
  // As in aiohttp, a fingerprint takes the place of the other checks.
  const isUnchecked = ssl === false || (fingerprint !== null && ssl === true)
  return {
    ...given,
    ...(isUnchecked ? { rejectUnauthorized: false } : {}),
    ...(serverHostname === null ? {} : { servername: serverHostname }),
  }
}

const pass = (connected: Connected): Connected => connected

function checkFingerprint(expected: string, target: Target): (connected: Connected) => Connected {
  return (connected) => (error, socket) => {
    if (error !== null || socket === null) {
      connected(error, null)
      return
    }
    const raw = (socket as TLSSocket).getPeerCertificate?.()?.raw
    const got = raw === undefined ? '' : createHash('sha256').update(raw).digest('hex')
    if (got === expected) {
      connected(null, socket)
      return
    }
    socket.destroy()
    const { hostname: host, port } = target
    connected(new ServerFingerprintMismatch({ expected, got, host, port }), null)
  }
}

/** Asks a proxy by CONNECT for a way to `target`. */
function openTunnel(
  { target: proxy, headers }: ProxyServer,
  { target, ssl }: ConnectPlan,
  lookup: ReturnType<DnsCache['lookup']>,
  opened: Connected,
): Destroyable {
  const host = target.hostname.includes(':') ? `[${target.hostname}]` : target.hostname
  const authority = `${host}:${target.port}`
  const sent: Record<string, string> = { Host: authority }
  for (let i = 0; i < headers.length; i += 2) sent[headers[i] as string] = headers[i + 1] as string
  const request = (proxy.isSecure ? https : http).request({
    method: 'CONNECT',
    host: proxy.hostname,
    port: proxy.port,
    path: authority,
    headers: sent,
    agent: false,
    lookup,
    // As in aiohttp, what is said of the server's certificate holds for the proxy's, but for its name.
    ...tlsOptions({ ssl, fingerprint: null, serverHostname: null }),
  })
  request.once(
    'connect',
    ({ statusCode = 0, statusMessage = '' }, socket: Socket, head: Buffer) => {
      if (statusCode >= 200 && statusCode < 300) {
        if (head.length > 0) socket.unshift(head)
        opened(null, socket)
        return
      }
      socket.destroy()
      opened(refused(proxy, statusCode, statusMessage), null)
    },
  )
  request.once('response', ({ statusCode = 0, statusMessage = '' }) => {
    request.destroy()
    opened(refused(proxy, statusCode, statusMessage), null)
  })
  request.once('error', (error) => {
    opened(proxyError(error, proxy.hostname, proxy.port), null)
  })
  request.end()
  return request
}

function refused(proxy: Target, status: number, statusText: string): ClientHttpProxyError {
  const url = new URL(proxy.href)
  return new ClientHttpProxyError(`the proxy refused: ${status} ${statusText}`.trim(), {
    requestInfo: { url, realUrl: url, method: 'CONNECT', headers: new Headers() },
    status,
    statusText,
  })
}
