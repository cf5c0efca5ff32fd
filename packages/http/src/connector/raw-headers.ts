/** The headers of an answer as they came, taken apart when somebody looks. */
export class HeadReader {
  static readonly empty: HeadReader = new HeadReader([])
  // All of them, as one text: the memory that they came in is used again.
  declare private readonly _text: string
  // Where each name and each value begins and ends in it.
  declare private readonly _bounds: readonly number[]
  declare private _list: readonly string[] | null

  constructor(raw: readonly Buffer[]) {
    const bounds: number[] = []
    this._text = joined(raw, bounds)
    this._bounds = bounds
    this._list = null
  }

  /** Names and values by turns. */
  get list(): readonly string[] {
    if (this._list === null) {
      const list: string[] = []
      for (let i = 0; i < this._bounds.length; i += 2) list.push(this._part(i))
      this._list = list
    }
    return this._list
  }

  /** The values of `name` (lower case) in order. */
  getAll(name: string): string[] {
    const found: string[] = []
    const bounds = this._bounds
    for (let i = 0; i < bounds.length; i += 4) {
      const start = bounds[i] as number
      if ((bounds[i + 1] as number) - start !== name.length) continue
      if (isNameAt(this._text, start, name)) found.push(this._part(i + 2))
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

  private _part(at: number): string {
    return this._text.slice(this._bounds[at], this._bounds[at + 1])
  }
}

/** All parts in one text, and where they are in it. Mostly they lie behind each other, in what was read at once. */
function joined(raw: readonly Buffer[], bounds: number[]): string {
  const first = raw[0]
  const last = raw.at(-1)
  if (first === undefined || last === undefined) return ''
  const base = first.byteOffset
  let end = base
  for (const part of raw) {
    const start = part.byteOffset
    if (part.buffer !== first.buffer || start < end) return joinedByParts(raw, bounds)
    end = start + part.length
    bounds.push(start - base, end - base)
  }
  return Buffer.from(first.buffer, base, end - base).toString('latin1')
}

function joinedByParts(raw: readonly Buffer[], bounds: number[]): string {
  bounds.length = 0
  let text = ''
  for (const part of raw) {
    bounds.push(text.length, text.length + part.length)
    text += part.toString('latin1')
  }
  return text
}

/** `name`, which is in lower case, stands at `start`, however it is spelled there. */
function isNameAt(text: string, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i += 1) {
    const code = text.charCodeAt(start + i)
    const lower = code >= 65 && code <= 90 ? code + 32 : code
    if (lower !== name.charCodeAt(i)) return false
  }
  return true
}
