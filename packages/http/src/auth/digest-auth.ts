import { createHash, randomBytes } from 'node:crypto'
import { type Challenge, parseChallenges, parsePairs } from './challenge.ts'

/** RFC 7616 3.3 and 6.1: the names of Node for what servers call them. */
const HASHES: ReadonlyMap<string, string> = new Map([
  ['md5', 'md5'],
  ['sha-256', 'sha256'],
  ['sha-512-256', 'sha512-256'],
  // Not registered, and what some servers say all the same.
  ['sha', 'sha1'],
  ['sha-512', 'sha512'],
])

type Qop = 'auth' | 'auth-int' | null

/** A challenge that can be answered, and how often its nonce was used. */
interface Offer {
  readonly realm: string
  /** As the server wrote it; undefined where it named none. */
  readonly algorithm: string | undefined
  readonly hash: string
  readonly isSession: boolean
  readonly qop: Qop
  readonly opaque: string | undefined
  readonly isUserHashed: boolean
  nonce: string
  count: number
  cnonce: string
  sessionKey: string | null
}

/** What is to be authorized. */
export interface DigestRequest {
  readonly method: string
  /** The request target: path and query, as they are sent. */
  readonly uri: string
  /** The body; asked for where the server wants it protected (`auth-int`), and nowhere else. */
  readonly body: () => Uint8Array
}

/**
 * One user's side of digest authentication with one server: takes challenges, and answers them.
 * RFC 7616, with what is left of RFC 2069.
 */
export class DigestAuth {
  readonly #login: string
  readonly #password: string
  readonly #makeCnonce: () => string
  #offer: Offer | null = null

  constructor(
    login: string,
    password: string,
    makeCnonce: () => string = () => randomBytes(16).toString('hex'),
  ) {
    this.#login = login
    this.#password = password
    this.#makeCnonce = makeCnonce
  }

  /** A challenge is known, so that a request can be authorized before it is asked for. */
  get hasChallenge(): boolean {
    return this.#offer !== null
  }

  /**
   * Takes the `WWW-Authenticate` header of a 401, and of its challenges the first that it can answer;
   * null if there is none. `isStale` says that only the nonce was too old.
   */
  challenge(header: string): { isStale: boolean } | null {
    for (const challenge of parseChallenges(header)) {
      const offer = challenge.scheme === 'digest' ? this.#offerOf(challenge) : null
      if (offer === null) continue
      this.#offer = offer
      return { isStale: challenge.params.get('stale')?.toLowerCase() === 'true' }
    }
    return null
  }

  /** Takes the `Authentication-Info` header of an answer: the nonce to use next. */
  info(header: string): void {
    const nonce = parsePairs(header).get('nextnonce')
    if (nonce === undefined || this.#offer === null || nonce === this.#offer.nonce) return
    this.#offer.nonce = nonce
    this.#offer.count = 0
  }

  /** Forgets the challenge. */
  reset(): void {
    this.#offer = null
  }

  /** What `Authorization` says for `request`; null as long as there was no challenge. */
  authorize(request: DigestRequest): string | null {
    const offer = this.#offer
    if (offer === null) return null
    const hash = (text: string | Uint8Array) => createHash(offer.hash).update(text).digest('hex')
    const { realm, nonce, qop } = offer
    offer.count += 1
    const nc = offer.count.toString(16).padStart(8, '0')
    // The key of a session has the cnonce in it that the session began with.
    if (!offer.isSession || offer.sessionKey === null) offer.cnonce = this.#makeCnonce()
    const { cnonce } = offer
    let key = hash(`${this.#login}:${realm}:${this.#password}`)
    if (offer.isSession) {
      offer.sessionKey ??= hash(`${key}:${nonce}:${cnonce}`)
      key = offer.sessionKey
    }
    const what = `${request.method}:${request.uri}`
    const a2 = hash(qop === 'auth-int' ? `${what}:${hash(request.body())}` : what)
    const middle = qop === null ? nonce : `${nonce}:${nc}:${cnonce}:${qop}`
    const fields = [
      this.#userField(offer, hash),
      `realm=${quote(realm)}`,
      `nonce=${quote(nonce)}`,
      `uri=${quote(request.uri)}`,
      `response="${hash(`${key}:${middle}:${a2}`)}"`,
    ]
    if (offer.algorithm !== undefined) fields.push(`algorithm=${offer.algorithm}`)
    if (qop !== null) fields.push(`qop=${qop}`, `nc=${nc}`)
    if (qop !== null || offer.isSession) fields.push(`cnonce="${cnonce}"`)
    if (offer.opaque !== undefined) fields.push(`opaque=${quote(offer.opaque)}`)
    if (offer.isUserHashed) fields.push('userhash=true')
    return `Digest ${fields.join(', ')}`
  }

  #userField(offer: Offer, hash: (text: string) => string): string {
    const login = this.#login
    if (offer.isUserHashed) return `username="${hash(`${login}:${offer.realm}`)}"`
    if (/^[\x20-\x7e]*$/.test(login)) return `username=${quote(login)}`
    const encoded = encodeURIComponent(login).replace(/['()*]/g, percentEncode)
    return `username*=UTF-8''${encoded}`
  }

  #offerOf({ params }: Challenge): Offer | null {
    const realm = params.get('realm')
    const nonce = params.get('nonce')
    const algorithm = params.get('algorithm')
    const [, name = '', session] = /^(.*?)(-sess)?$/i.exec(algorithm ?? 'MD5') ?? []
    const hash = HASHES.get(name.toLowerCase())
    const qop = chooseQop(params.get('qop'))
    if (realm === undefined || nonce === undefined || hash === undefined || qop === undefined) {
      return null
    }
    const offer: Offer = {
      realm,
      algorithm,
      hash,
      isSession: session !== undefined,
      qop,
      opaque: params.get('opaque'),
      isUserHashed: params.get('userhash')?.toLowerCase() === 'true',
      nonce,
      count: 0,
      cnonce: '',
      sessionKey: null,
    }
    const old = this.#offer
    // The same nonce once more, from a server that has refused another request: it counts on.
    if (old !== null && old.nonce === nonce && old.realm === realm && old.hash === hash) {
      offer.count = old.count
    }
    return offer
  }
}

/** `auth` where it is offered; undefined for something unknown. */
function chooseQop(offered: string | undefined): Qop | undefined {
  if (offered === undefined) return null
  const qops = offered.toLowerCase().split(/[\s,]+/)
  if (qops.includes('auth')) return 'auth'
  return qops.includes('auth-int') ? 'auth-int' : undefined
}

/** Bytes of a header are Latin-1, so what is not ASCII goes as its UTF-8 bytes. */
function quote(text: string): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1')
  return `"${bytes.replace(/["\\]/g, '\\$&')}"`
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
