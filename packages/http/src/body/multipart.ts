import { randomBytes } from 'node:crypto'
import type { ChunkSource } from './stream-body.ts'

/** What a part holds. */
export type PartValue = string | number | boolean | bigint | Uint8Array | Blob | ChunkSource

export interface PartOptions {
  /** What the file is called; that of a `File` by default, `blob` for other blobs. */
  filename?: string
  /** That of a `Blob`, or nothing, by default. */
  contentType?: string
}

interface Part {
  readonly head: Buffer
  readonly value: Uint8Array | Blob | ChunkSource
}

/**
 * A form that is sent as `multipart/form-data`, also with streams, which a `FormData` can't have.
 * aiohttp.FormData, `add_field`.
 *
 * @example
 * ```ts
 * const form = new MultipartForm()
 * form.addField('name', 'Ada')
 * form.addField('notes', new TextEncoder().encode('…'), { filename: 'notes.txt' })
 * form.isReplayable // => true
 * ```
 */
export class MultipartForm {
  readonly #parts: Part[] = []
  readonly #boundary = `hocket-${randomBytes(16).toString('hex')}`

  static from(data: FormData): MultipartForm {
    const form = new MultipartForm()
    for (const [name, value] of data) form.addField(name, value as PartValue)
    return form
  }

  get contentType(): string {
    return `multipart/form-data; boundary=${this.#boundary}`
  }

  /** In bytes; null if it has a stream. */
  get length(): number | null {
    let length = this.#end.length
    for (const { head, value } of this.#parts) {
      const own =
        value instanceof Blob ? value.size : value instanceof Uint8Array ? value.length : null
      if (own === null) return null
      length += head.length + own + 2
    }
    return length
  }

  /** It has no stream. */
  get isReplayable(): boolean {
    return this.length !== null
  }

  /**
   * Adds a field, behind those that are there.
   *
   * @throws {@link TypeError} if its value can't be sent
   */
  addField(name: string, value: PartValue, options: PartOptions = {}): this {
    const isFile = value instanceof Blob
    const filename = options.filename ?? (isFile ? ((value as File).name ?? 'blob') : undefined)
    const type =
      options.contentType ??
      (isFile ? value.type || 'application/octet-stream' : undefined) ??
      (filename === undefined ? undefined : 'application/octet-stream')
    if (type !== undefined && /[\r\n]/.test(type)) {
      throw new TypeError(`a content type can't have a line break: ${JSON.stringify(type)}`)
    }
    const head =
      `--${this.#boundary}\r\nContent-Disposition: form-data; name="${escapeQuoted(name)}"` +
      (filename === undefined ? '' : `; filename="${escapeQuoted(filename)}"`) +
      (type === undefined ? '' : `\r\nContent-Type: ${type}`) +
      '\r\n\r\n'
    this.#parts.push({ head: Buffer.from(head), value: toPart(value, filename === undefined) })
    return this
  }

  /** @internal */
  async *chunks(): AsyncGenerator<Uint8Array | string, void, void> {
    for (const { head, value } of this.#parts) {
      yield head
      if (value instanceof Uint8Array) yield value
      else if (value instanceof Blob) yield* value.stream() as unknown as AsyncIterable<Uint8Array>
      else yield* value
      yield '\r\n'
    }
    yield this.#end
  }

  get #end(): string {
    return `--${this.#boundary}--\r\n`
  }
}

/** Of text that stands in quotes, by the rules of forms in HTML. */
function escapeQuoted(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '%0D%0A').replaceAll('"', '%22')
}

function toPart(value: PartValue, isField: boolean): Uint8Array | Blob | ChunkSource {
  if (typeof value === 'string') {
    // Line breaks of a field are always CRLF; of a file they stay.
    return Buffer.from(isField ? value.replace(/\r\n|\r|\n/g, '\r\n') : value)
  }
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint') {
    return Buffer.from(String(value))
  }
  if (value instanceof Uint8Array || value instanceof Blob) return value
  if (typeof value === 'object' && value !== null) {
    if (Symbol.asyncIterator in value || Symbol.iterator in value) return value
  }
  throw new TypeError(
    `a field expected text, bytes, a Blob or a stream, got ${value === null ? 'null' : typeof value}`,
  )
}
