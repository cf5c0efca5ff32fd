import { createHash } from 'node:crypto'
import type { ConnectionOptions } from './connection-options.ts'

/** Tells by a string whether two requests want the same connections. */
export class RouteKeys {
  readonly #names = new WeakMap<object, string>()
  #named = 0

  keyOf(origin: string, wanted: ConnectionOptions): string {
    const { proxy, proxyAuth, proxyHeaders, ssl, fingerprint, serverHostname } = wanted
    return JSON.stringify([
      origin,
      proxy === undefined ? 0 : proxy === null ? null : String(proxy),
      proxyAuth === undefined ? 0 : proxyAuth.encode(),
      proxyHeaders === undefined ? 0 : proxyHeaders,
      typeof ssl === 'object' ? this.#sslKeyOf(ssl) : (ssl ?? 0),
      fingerprint === undefined
        ? 0
        : typeof fingerprint === 'string'
          ? fingerprint
          : Buffer.from(fingerprint).toString('hex'),
      serverHostname ?? 0,
    ])
  }

  /**
   * Options that say the same are the same, also where each request makes them anew: its connection
   * would never be used again. They hold keys, of which a digest is enough here.
   */
  #sslKeyOf(ssl: object): string {
    let key = this.#names.get(ssl)
    if (key === undefined) {
      const options = ssl as Readonly<Record<string, unknown>>
      const names = Object.keys(options).filter((name) => options[name] !== undefined)
      const said = names.sort().map((name) => [name, this.#show(options[name])])
      key = createHash('sha256').update(JSON.stringify(said)).digest('base64')
      this.#names.set(ssl, key)
    }
    return key
  }

  /** Functions, contexts and the like can't be compared: the same one is the same. */
  #show(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#show(item))
    if (ArrayBuffer.isView(value)) {
      const { buffer, byteOffset, byteLength } = value
      return { bytes: Buffer.from(buffer, byteOffset, byteLength).toString('base64') }
    }
    if ((typeof value !== 'object' || value === null) && typeof value !== 'function') {
      return [typeof value, String(value)]
    }
    let name = this.#names.get(value)
    if (name === undefined) {
      this.#named += 1
      name = `#${this.#named}`
      this.#names.set(value, name)
    }
    return { name }
  }
}
