import type { Socket } from 'node:net'
import { deserialize, serialize } from 'node:v8'
import { isJson } from './json.ts'

const JSON_FRAME = 0
const V8_FRAME = 1
const HEADER = 5

/**
 * Messages over a socket between two processes: a length, how it is written, the message. What JSON
 * can say exactly goes as JSON, which takes half the time; the rest as structured clone.
 */
export class FramedSocket {
  onMessage: (message: unknown) => void = () => {}
  onEnd: () => void = () => {}
  readonly socket: Socket
  #chunks: Buffer[] = []
  #length = 0
  #wanted = HEADER
  #isOver = false

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => this.#take(chunk))
    socket.on('error', () => this.#end())
    socket.on('end', () => this.#end())
    socket.on('close', () => this.#end())
  }

  /**
   * @throws a DataCloneError if something in it can't be cloned
   * @throws {@link RangeError} if it is too long for one message
   */
  post(message: unknown): void {
    if (this.#isOver) return
    const header = Buffer.allocUnsafe(HEADER)
    let body: Buffer
    if (isJson(message)) {
      header[4] = JSON_FRAME
      body = Buffer.from(JSON.stringify(message))
    } else {
      header[4] = V8_FRAME
      body = serialize(message)
    }
    if (body.length > 0xffff_ffff) {
      throw new RangeError(`a message of ${body.length} bytes: 4 GB is the most at once`)
    }
    header.writeUInt32LE(body.length)
    if (body.length < 65_536) this.socket.write(Buffer.concat([header, body]))
    else {
      this.socket.cork()
      this.socket.write(header)
      this.socket.write(body)
      this.socket.uncork()
    }
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.onEnd()
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk)
    this.#length += chunk.length
    if (this.#length < this.#wanted) return
    let bytes = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#length)
    for (;;) {
      this.#wanted = HEADER
      if (bytes.length < HEADER) break
      const end = HEADER + bytes.readUInt32LE()
      this.#wanted = end
      if (bytes.length < end) break
      const body = bytes.subarray(HEADER, end)
      const isText = bytes[4] === JSON_FRAME
      bytes = bytes.subarray(end)
      this.onMessage(isText ? JSON.parse(body.toString()) : deserialize(body))
    }
    this.#chunks = bytes.length === 0 ? [] : [bytes]
    this.#length = bytes.length
  }
}
