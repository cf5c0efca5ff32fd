import type { Target } from '../base/target.ts'
import { ClientConnectionError } from '../errors/connection-errors.ts'
import { type Connect, makeConnect } from './connect.ts'
import type { ConnectionOptions } from './connection-options.ts'
import { DnsCache, type Resolver } from './dns-cache.ts'
import { type ProxyServer, parseProxy, proxyFromEnvironment } from './proxy.ts'
import { Route } from './route.ts'
import { RouteKeys } from './route-keys.ts'
import { Slots } from './slots.ts'

export interface TCPConnectorOptions extends ConnectionOptions {
  /** How many requests may have a connection at a time; 100 by default, 0 for no limit. */
  limit?: number
  /** The same for one server (scheme, host and port); no limit by default. */
  limitPerHost?: number
  /** How long an idle connection is kept, in ms; 15,000 by default, unless the server says less. */
  keepaliveTimeout?: number
  /** Every connection is closed after one answer. */
  forceClose?: boolean
  /** The IP address that connections come from. */
  localAddress?: string
  /** A Unix socket or a named pipe that all connections go to, whatever the URL's host is. */
  socketPath?: string
  /** IPv4 or IPv6 only; both by default. */
  family?: 0 | 4 | 6
  /** How long the addresses of a host are remembered, in ms; 10,000 by default, 0 for not at all. */
  dnsTtl?: number
  /** Finds the addresses of hosts, in place of the system. */
  resolver?: Resolver
  /** Takes proxies from the environment: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`. */
  trustEnv?: boolean
  /** Speaks HTTP/2 where the server offers it, one request per connection at a time. */
  allowH2?: boolean
  /** The most bytes that the headers of an answer may have; 16,384 by default. */
  maxHeaderSize?: number
}

/** What `connector.statistics()` gives. */
export interface ConnectorStatistics {
  /** Requests that have a connection, or are getting one. */
  readonly active: number
  /** Requests that wait for their turn. */
  readonly queued: number
  /** Connections that are kept for the next request. */
  readonly idle: number
}

const MOST_ROUTES = 1000

/**
 * The way to the network: makes connections, keeps them for the next request, and limits how many
 * requests go on at a time, first come, first served. Sessions may share one. aiohttp.TCPConnector
 * (and UnixConnector, by `socketPath`), on undici.
 *
 * @example
 * ```ts
 * const connector = new TCPConnector({ limit: 20, limitPerHost: 4 })
 * connector.statistics() // => { active: 0, queued: 0, idle: 0 }
 * await connector.close()
 * ```
 */
export class TCPConnector implements AsyncDisposable {
  readonly limit: number
  readonly limitPerHost: number
  readonly forceClose: boolean
  /** @internal */ readonly slots: Slots
  /** @internal */ readonly unixPath: string | null
  readonly #options: TCPConnectorOptions
  readonly #dns: DnsCache
  readonly #routes = new Map<string, Route>()
  readonly #keys = new RouteKeys()
  // What else goes over connections that were made here.
  readonly #guests = new Set<() => void>()
  #isClosed = false

  /**
   * @throws {@link RangeError} if a limit or a time is negative or not a number
   * @throws {@link InvalidURL} if `proxy` is no URL
   */
  constructor(options: TCPConnectorOptions = {}) {
    const { limit = 100, limitPerHost = 0, keepaliveTimeout = 15_000, dnsTtl = 10_000 } = options
    this.limit = checkCount(limit, 'limit')
    this.limitPerHost = checkCount(limitPerHost, 'limitPerHost')
    if (!(keepaliveTimeout >= 0)) {
      throw new RangeError(`keepaliveTimeout expected a time in ms, got ${keepaliveTimeout}`)
    }
    if (!(dnsTtl >= 0)) throw new RangeError(`dnsTtl expected a time in ms, got ${dnsTtl}`)
    this.forceClose = options.forceClose === true || keepaliveTimeout === 0
    this.slots = new Slots(this.limit)
    this.unixPath = options.socketPath ?? null
    this.#options = options
    this.#dns = new DnsCache(dnsTtl, options.resolver, options.family ?? 0)
    if (typeof options.proxy === 'string' || options.proxy instanceof URL) {
      parseProxy(options.proxy, undefined)
    }
  }

  get closed(): boolean {
    return this.#isClosed
  }

  statistics(): ConnectorStatistics {
    let idle = 0
    let { size: queued } = this.slots.queue
    let active = 0
    for (const route of this.#routes.values()) {
      idle += route.idleCount
      queued += route.slots.queue.size
    }
    active = this.slots.active
    return { active, queued, idle }
  }

  /** Forgets where `host` is, or where all of them are. */
  clearDnsCache(host?: string): void {
    this.#dns.clear(host)
  }

  /** Closes all connections, also those in use. aiohttp's `close()`; it need not be awaited. */
  close(): PromiseLike<void> {
    this.#isClosed = true
    for (const route of this.#routes.values()) route.close()
    this.#routes.clear()
    for (const end of this.#guests) end()
    this.#guests.clear()
    return Promise.resolve()
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.close()
  }

  /** @internal */
  checkOpen(): void {
    if (this.#isClosed) throw new ClientConnectionError('the connector is closed: make a new one')
  }

  /** @internal The way to `target`, as a request wants it. */
  route(target: Target, wanted: ConnectionOptions | null): Route {
    const key = wanted === null ? target.origin : this.#keys.keyOf(target.origin, wanted)
    const known = this.#routes.get(key)
    if (known !== undefined) return known
    const made = this.#makeRoute(target, wanted ?? {})
    if (this.#routes.size >= MOST_ROUTES) this.#forgetUnused()
    this.#routes.set(key, made)
    return made
  }

  /** @internal How sockets for something else than requests are made: through a tunnel if there is a proxy. */
  socketsTo(target: Target, wanted: ConnectionOptions | null): Connect {
    const all: TCPConnectorOptions = { ...this.#options, ...definedOf(wanted ?? {}) }
    return this.#makeConnect(target, this.#proxyFor(target, all), { ...all, allowH2: false })
  }

  /** @internal Calls `end` when this is closed, or at once if it is, until what it gives is called. */
  host(end: () => void): () => void {
    if (this.#isClosed) end()
    else this.#guests.add(end)
    return () => this.#guests.delete(end)
  }

  #makeConnect(target: Target, tunnel: ProxyServer | null, all: TCPConnectorOptions): Connect {
    return makeConnect({
      target,
      tunnel,
      ssl: all.ssl ?? true,
      fingerprint: all.fingerprint === undefined ? null : toHex(all.fingerprint),
      serverHostname: all.serverHostname ?? null,
      dns: this.#dns,
      socketPath: this.unixPath,
      localAddress: all.localAddress ?? null,
      family: all.family ?? 0,
      allowH2: all.allowH2 === true,
    })
  }

  #forgetUnused(): void {
    for (const [key, route] of this.#routes) if (route.isUnused) this.#routes.delete(key)
  }

  #makeRoute(target: Target, wanted: ConnectionOptions): Route {
    const all: TCPConnectorOptions = { ...this.#options, ...definedOf(wanted) }
    const proxy = this.#proxyFor(target, all)
    const isForwarded = proxy !== null && !target.isSecure
    const next = isForwarded ? proxy.target : target
    const host = target.origin.slice(target.origin.indexOf('//') + 2)
    // What names the server's certificate is not said of a proxy's.
    const { fingerprint: _, serverHostname: __, ...ofProxy } = all
    return new Route({
      next,
      isForwarded,
      headers: isForwarded ? ['host', host, ...proxy.headers] : [],
      limit: this.limitPerHost,
      connect: isForwarded
        ? this.#makeConnect(next, null, ofProxy)
        : this.#makeConnect(next, proxy, all),
      settings: {
        // Timers of the platform go no further than that.
        keepAliveTimeout: Math.min(Math.max(1, all.keepaliveTimeout ?? 15_000), 2 ** 31 - 1),
        // Times are the session's.
        headersTimeout: 0,
        bodyTimeout: 0,
        pipelining: 1,
        allowH2: all.allowH2 === true,
        ...(all.maxHeaderSize === undefined ? {} : { maxHeaderSize: all.maxHeaderSize }),
      },
    })
  }

  #proxyFor(target: Target, options: TCPConnectorOptions): ProxyServer | null {
    if (options.socketPath !== undefined || options.proxy === null) return null
    const { proxyAuth, proxyHeaders } = options
    if (options.proxy !== undefined) return parseProxy(options.proxy, proxyAuth, proxyHeaders)
    const named = options.trustEnv === true ? proxyFromEnvironment(target) : null
    return named === null ? null : parseProxy(named, proxyAuth, proxyHeaders)
  }
}

function definedOf(options: ConnectionOptions): ConnectionOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

function toHex(fingerprint: Uint8Array | string): string {
  const hex =
    typeof fingerprint === 'string'
      ? fingerprint.replaceAll(':', '').toLowerCase()
      : Buffer.from(fingerprint).toString('hex')
  if (/^[0-9a-f]{64}$/.test(hex)) return hex
  throw new RangeError(
    `fingerprint expected a SHA-256 (32 bytes, 64 digits), got ${hex.length} digits`,
  )
}

function checkCount(value: number, name: string): number {
  if (Number.isInteger(value) && value >= 0) return value
  throw new RangeError(`${name} expected a whole number of 0 or more, got ${value}`)
}
