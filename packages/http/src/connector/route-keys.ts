import type { ConnectionOptions } from './connection-options.ts'

/** Tells by a string whether two requests want the same connections. */
export class RouteKeys {
  readonly #names = new WeakMap<object, number>()
  #named = 0

  keyOf(origin: string, wanted: ConnectionOptions): string {
    const { proxy, proxyAuth, proxyHeaders, ssl, fingerprint, serverHostname } = wanted
    return JSON.stringify([
      origin,
      proxy === undefined ? 0 : proxy === null ? null : String(proxy),
      proxyAuth === undefined ? 0 : proxyAuth.encode(),
      proxyHeaders === undefined ? 0 : proxyHeaders,
      typeof ssl === 'object' ? this.#nameOf(ssl) : (ssl ?? 0),
      fingerprint === undefined
        ? 0
        : typeof fingerprint === 'string'
          ? fingerprint
          : Buffer.from(fingerprint).toString('hex'),
      serverHostname ?? 0,
    ])
  }

  /** The options of TLS hold what can't be compared; the same object is the same. */
  #nameOf(thing: object): string {
    let name = this.#names.get(thing)
    if (name === undefined) {
      this.#named += 1
      name = this.#named
      this.#names.set(thing, name)
    }
    return `#${name}`
  }
}
