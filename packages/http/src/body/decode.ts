import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { ClientPayloadError } from '../errors/client-error.ts'
import { type BodySource, BodyStream } from './body-stream.ts'
import { zstd } from './zstd.ts'

/** What `Accept-Encoding` says. */
export const ACCEPTED: string = zstd === null ? 'gzip, deflate, br' : 'gzip, deflate, br, zstd'

/**
 * The codings of a body that this knows how to undo, the last one first; null where there is nothing
 * to undo, or one of them is unknown: then the body is handed out as it came.
 */
export function codingsOf(header: string | null): string[] | null {
  if (header === null) return null
  const codings = header
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length === 0 || codings.length > 5) return null
  return codings.every((coding) => makeDecoder.has(coding)) ? codings.reverse() : null
}

const makeDecoder = new Map<string, (first: number) => Transform>([
  ['gzip', () => zlib.createGunzip()],
  ['x-gzip', () => zlib.createGunzip()],
  // Some servers leave out the two bytes that RFC 9110 wants in front.
  ['deflate', (first) => ((first & 0x0f) === 8 ? zlib.createInflate() : zlib.createInflateRaw())],
  ['br', () => zlib.createBrotliDecompress()],
])
if (zstd !== null) {
  const { createZstdDecompress } = zstd
  makeDecoder.set('zstd', () => createZstdDecompress())
}

/** Undoes one coding: what comes out of `raw` goes into `decoded`, with back-pressure both ways. */
class Decoding implements BodySource {
  readonly decoded: BodyStream = new BodyStream(this)
  readonly #raw: BodyStream
  readonly #coding: string
  #decoder: Transform | null = null
  #isHeld = false
  #isOver = false
  // Taking bytes may let more of them in, which have to wait for their turn.
  #isTaking = false

  constructor(raw: BodyStream, coding: string) {
    this.#raw = raw
    this.#coding = coding
    raw.flow(this)
  }

  pauseReading(): void {}

  resumeReading(): void {
    this.#decoder?.resume()
  }

  describe(): string {
    return this.#raw.describe()
  }

  /** `raw` has something, or has ended. */
  onBytes(): void {
    if (this.#isOver || this.#isHeld || this.#isTaking) return
    this.#isTaking = true
    while (this.#raw.size > 0 && !this.#isHeld) {
      const chunk = this.#raw.takePiece(Infinity)
      this.#decoder ??= this.#start(chunk)
      this.#isHeld = !this.#decoder.write(chunk)
    }
    this.#isTaking = false
    if (this.#isHeld || !this.#raw.isEnded) return
    const { failure } = this.#raw
    if (failure !== null) this.#fail(failure)
    // No bytes at all are the encoding of none, as answers to HEAD and bad servers have it.
    else if (this.#decoder === null) this.#finish()
    else this.#decoder.end()
  }

  #start(chunk: Uint8Array): Transform {
    const make = makeDecoder.get(this.#coding) as (first: number) => Transform
    const decoder = make(chunk[0] ?? 0)
    decoder.on('data', (piece: Buffer) => {
      if (!this.decoded.feed(piece)) decoder.pause()
    })
    decoder.on('drain', () => {
      this.#isHeld = false
      this.onBytes()
    })
    decoder.on('end', () => this.#finish())
    decoder.on('error', (cause) => {
      this.#fail(
        new ClientPayloadError(`the body can't be decoded as ${this.#coding}: ${cause.message}`, {
          cause,
        }),
      )
    })
    return decoder
  }

  #finish(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.decoded.end()
    // What stands behind the end of the coding is nobody's, and must not hold up the connection.
    if (!this.#raw.isEnded) this.#raw.discard()
  }

  #fail(error: Error): void {
    if (this.#isOver) return
    this.#isOver = true
    this.decoded.fail(error)
    this.#raw.discard()
    this.#decoder?.destroy()
  }
}

/** `raw` without its codings; `raw` belongs to it from now on. */
export function decodeBody(raw: BodyStream, codings: readonly string[]): BodyStream {
  let stream = raw
  for (const coding of codings) stream = new Decoding(stream, coding).decoded
  return stream
}
