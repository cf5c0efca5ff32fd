import type { RequestBody } from './request-body.ts'

/** Bytes that are all here. */
export class BytesBody implements RequestBody {
  readonly contentType: string | null
  readonly encoding: string | null
  readonly isReplayable: boolean = true
  readonly failure: undefined = undefined
  isUsed = false
  readonly #bytes: Buffer

  constructor(bytes: Uint8Array, contentType: string | null, encoding: string | null = null) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.contentType = contentType
    this.encoding = encoding
  }

  get length(): number {
    return this.#bytes.length
  }

  open(): Buffer {
    this.isUsed = true
    return this.#bytes
  }

  close(): void {}
}
