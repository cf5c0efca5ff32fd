import { DefaultDeserializer, serialize } from 'node:v8'
import { isJson } from './json.ts'

// A message between processes: its length, how it is written, and its text or bytes. What JSON can say
// exactly goes as JSON, which takes half the time; the rest as structured clone.

const JSON_FRAME = 0
const V8_FRAME = 1
const HEADER = 5
const LONGEST = 0xffff_ffff
/** A character of a text may take three bytes. */
const WIDEST = 3

/**
 * Puts the frame of `message` into `room`, if it is short enough for that, and gives its length;
 * otherwise gives its header and its body.
 *
 * @throws a DataCloneError if something in it can't be cloned
 * @throws {@link RangeError} if it is too long for one message
 */
export function frame(message: unknown, room: Buffer): number | readonly [Buffer, Buffer] {
  let body: Buffer
  let kind: number
  if (isJson(message)) {
    const text = JSON.stringify(message)
    if (HEADER + text.length * WIDEST <= room.length) {
      const length = room.write(text, HEADER)
      putHeader(room, length, JSON_FRAME)
      return HEADER + length
    }
    body = Buffer.from(text)
    kind = JSON_FRAME
  } else {
    body = serialize(message)
    kind = V8_FRAME
  }
  if (body.length > LONGEST) {
    throw new RangeError(`a message of ${body.length} bytes: 4 GB is the most at once`)
  }
  if (HEADER + body.length <= room.length) {
    putHeader(room, body.length, kind)
    body.copy(room, HEADER)
    return HEADER + body.length
  }
  const header = Buffer.allocUnsafe(HEADER)
  putHeader(header, body.length, kind)
  return [header, body]
}

function putHeader(bytes: Buffer, length: number, kind: number): void {
  bytes.writeUInt32LE(length)
  bytes[4] = kind
}

/** Takes the bytes of frames apart as they come. */
export class FrameReader {
  readonly #onMessage: (message: unknown) => void
  readonly #onUnreadable: (error: unknown) => void
  readonly #header = Buffer.alloc(HEADER)
  /** How much is there of a header, or of a body that is too long for one piece. */
  #filled = 0
  #body: Buffer | null = null

  constructor(onMessage: (message: unknown) => void, onUnreadable: (error: unknown) => void) {
    this.#onMessage = onMessage
    this.#onUnreadable = onUnreadable
  }

  /** The next bytes; they may be used for something else afterwards. */
  take(bytes: Buffer): void {
    let index = 0
    while (index < bytes.length) {
      if (this.#body !== null) index += this.#fillBody(this.#body, bytes, index)
      else if (this.#filled > 0 || bytes.length - index < HEADER) {
        index += this.#fillHeader(bytes, index)
      } else {
        const start = index + HEADER
        const end = start + bytes.readUInt32LE(index)
        if (end > bytes.length) index += this.#fillHeader(bytes, index)
        else {
          const kind = bytes[index + 4] as number
          index = end
          this.#deliver(bytes, start, end, kind)
        }
      }
    }
  }

  #fillHeader(bytes: Buffer, index: number): number {
    const copied = bytes.copy(this.#header, this.#filled, index)
    this.#filled += copied
    if (this.#filled < HEADER) return copied
    this.#filled = 0
    const length = this.#header.readUInt32LE()
    if (length > 0) this.#body = Buffer.allocUnsafeSlow(length)
    return copied
  }

  #fillBody(body: Buffer, bytes: Buffer, index: number): number {
    const copied = bytes.copy(body, this.#filled, index)
    this.#filled += copied
    if (this.#filled < body.length) return copied
    this.#filled = 0
    this.#body = null
    this.#deliver(body, 0, body.length, this.#header[4] as number)
    return copied
  }

  #deliver(bytes: Buffer, start: number, end: number, kind: number): void {
    let message: unknown
    try {
      message = read(bytes, start, end, kind)
    } catch (error) {
      this.#onUnreadable(error)
      return
    }
    this.#onMessage(message)
  }
}

function read(bytes: Buffer, start: number, end: number, kind: number): unknown {
  if (kind === JSON_FRAME) return JSON.parse(bytes.toString('utf8', start, end))
  const deserializer = new OwnDeserializer(bytes.subarray(start, end))
  deserializer.readHeader()
  return deserializer.readValue()
}

/** Gives arrays of bytes memory of their own: by default they are views of the message. */
class OwnDeserializer extends DefaultDeserializer {
  _readHostObject(): unknown {
    const host = DefaultDeserializer.prototype as unknown as { _readHostObject(): ArrayBufferView }
    const view = host._readHostObject.call(this)
    if (Buffer.isBuffer(view)) return Buffer.from(view)
    if (!(view instanceof DataView)) return (view as Uint8Array).slice()
    const { buffer, byteOffset, byteLength } = view
    return new DataView(buffer.slice(byteOffset, byteOffset + byteLength))
  }
}
