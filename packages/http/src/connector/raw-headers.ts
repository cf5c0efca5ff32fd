/** The headers of an answer as they came, read when somebody looks. */
export class HeadReader {
  static readonly empty: HeadReader = new HeadReader([])
  declare private _raw: readonly Buffer[]
  declare private _list: readonly string[] | null

  constructor(raw: readonly Buffer[]) {
    this._raw = raw
    this._list = null
  }

  /** The memory that they came in may be used again. */
  detach(): void {
    this._raw = this._raw.map((part) => Buffer.from(part))
  }

  /** Names and values by turns. */
  get list(): readonly string[] {
    this._list ??= this._raw.map((part) => part.toString('latin1'))
    return this._list
  }

  /** The values of `name` (lower case) in order. */
  getAll(name: string): string[] {
    const found: string[] = []
    const raw = this._raw
    for (let i = 0; i < raw.length; i += 2) {
      const one = raw[i] as Buffer
      if (one.length !== name.length || !isName(one, name)) continue
      const value = raw[i + 1] as Buffer
      found.push(value.toString('latin1'))
    }
    return found
  }

  /** The values of `name` (lower case), joined; null if there is none. */
  get(name: string): string | null {
    const found = this.getAll(name)
    return found.length === 0 ? null : found.join(', ')
  }

  /** `Content-Length`; null where it says nothing of use. */
  get contentLength(): number | null {
    const text = this.get('content-length')
    return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null
  }
}

/** `bytes` is `name`, which is in lower case; they are of the same length. */
function isName(bytes: Uint8Array, name: string): boolean {
  for (let i = 0; i < name.length; i += 1) {
    const byte = bytes[i] as number
    const lower = byte >= 65 && byte <= 90 ? byte + 32 : byte
    if (lower !== name.charCodeAt(i)) return false
  }
  return true
}
