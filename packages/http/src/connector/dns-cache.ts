import dns from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'

/** An address of a host. */
export interface ResolvedHost {
  readonly address: string
  readonly family: 4 | 6
}

/**
 * Finds the addresses of a host; `family` 0 is both. aiohttp.AbstractResolver. A function that gives
 * a promise, since the system asks for it outside any task.
 */
export type Resolver = (host: string, family: 0 | 4 | 6) => PromiseLike<readonly ResolvedHost[]>

/** What is told of a lookup. */
export interface LookupListener {
  onLookup(event: 'hit' | 'miss' | 'start' | 'end', host: string): void
}

interface Entry {
  readonly addresses: Promise<readonly ResolvedHost[]>
  until: number
  turn: number
}

const MOST_ENTRIES = 1000

/**
 * Remembers for `ttl` ms where hosts are, and asks once for several who want to know at the same
 * time. Each answer begins with another address, so that connections are spread over them.
 */
export class DnsCache {
  readonly #entries = new Map<string, Entry>()
  readonly #ttl: number
  readonly #resolver: Resolver
  readonly #family: 0 | 4 | 6

  constructor(ttl: number, resolver: Resolver | undefined, family: 0 | 4 | 6) {
    this.#ttl = ttl
    this.#resolver = resolver ?? resolveBySystem
    this.#family = family
  }

  clear(host?: string): void {
    if (host === undefined) this.#entries.clear()
    else this.#entries.delete(host)
  }

  /** What `net.connect` takes as `lookup`. */
  lookup(listener: LookupListener | null): LookupFunction {
    return (host, options, found) => {
      this.#find(host, listener).then(
        (addresses) => {
          const { family } = options
          const wanted =
            family === 4 || family === 'IPv4' ? 4 : family === 6 || family === 'IPv6' ? 6 : 0
          const fitting = addresses.filter(
            (one) => one !== null && (wanted === 0 || one.family === wanted),
          )
          const first = fitting[0]
          if (first === undefined) found(notFound(host), '', 0)
          else if (options.all === true) found(null, fitting as dns.LookupAddress[])
          else found(null, first.address, first.family)
        },
        (error: NodeJS.ErrnoException) => found(error, '', 0),
      )
    }
  }

  async #find(host: string, listener: LookupListener | null): Promise<readonly ResolvedHost[]> {
    const family = isIP(host)
    if (family !== 0) return [{ address: host, family: family as 4 | 6 }]
    const entry = this.#entries.get(host)
    if (entry !== undefined && entry.until > performance.now()) {
      listener?.onLookup('hit', host)
      return rotate(await entry.addresses, entry.turn++)
    }
    listener?.onLookup('miss', host)
    listener?.onLookup('start', host)
    // Who asks meanwhile waits for the same answer; its time begins when it is here.
    const made: Entry = {
      addresses: Promise.resolve(this.#resolver(host, this.#family)),
      until: Infinity,
      turn: 1,
    }
    this.#remember(host, made)
    try {
      const addresses = await made.addresses
      made.until = performance.now() + this.#ttl
      if (this.#ttl <= 0 || addresses.length === 0) this.#forget(host, made)
      return addresses
    } catch (error) {
      this.#forget(host, made)
      throw error
    } finally {
      listener?.onLookup('end', host)
    }
  }

  #remember(host: string, entry: Entry): void {
    this.#entries.delete(host)
    this.#entries.set(host, entry)
    if (this.#entries.size <= MOST_ENTRIES) return
    for (const oldest of this.#entries.keys()) {
      this.#entries.delete(oldest)
      break
    }
  }

  #forget(host: string, entry: Entry): void {
    if (this.#entries.get(host) === entry) this.#entries.delete(host)
  }
}

/** The next one first; the families keep their order, which says what the system prefers. */
function rotate(addresses: readonly ResolvedHost[], turn: number): readonly ResolvedHost[] {
  const first = addresses[0]
  if (first === undefined || addresses.length === 1) return addresses
  const same = addresses.filter((one) => one.family === first.family)
  const others = addresses.filter((one) => one.family !== first.family)
  const at = turn % same.length
  return [...same.slice(at), ...same.slice(0, at), ...others]
}

function resolveBySystem(host: string, family: 0 | 4 | 6): Promise<readonly ResolvedHost[]> {
  return new Promise((resolve, reject) => {
    dns.lookup(host, { all: true, family }, (error, addresses) => {
      if (error) reject(error)
      else resolve(addresses as ResolvedHost[])
    })
  })
}

function notFound(host: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' })
}
