import type { OnReadOpts, Socket } from 'node:net'

const BYTES = 64 * 1024
// What is smaller is copied, so that whoever keeps it does not keep twice as much.
const COPIED_BYTES = BYTES / 2
/** The memory of a smaller chunk is not worth a look whether it can be used again. */
export const REUSED_BYTES: number = BYTES / 4
const MOST_FREE = 64

/** Memory that a socket reads into. */
class ReadBuffer {
  readonly bytes: Buffer = Buffer.allocUnsafeSlow(BYTES)
  // What was handed out of it, and is not back; nothing if both are 0.
  start = 0
  end = 0
}

const free: ReadBuffer[] = []
const byMemory = new WeakMap<ArrayBufferLike, ReadBuffer>()

function takeBuffer(): ReadBuffer {
  const found = free.pop()
  if (found !== undefined) return found
  const buffer = new ReadBuffer()
  byMemory.set(buffer.bytes.buffer, buffer)
  return buffer
}

/**
 * How a plain socket is made to read: what comes goes into buffers of ours, in place of one that Node
 * makes for each read. Those that are given back are used again; the others are the garbage collector's,
 * as all of them would have been. A large download spends a third of its time on that.
 *
 * @see https://nodejs.org/api/net.html, `onread` of `socket.connect`
 */
export class SocketReads {
  readonly onread: OnReadOpts = {
    buffer: () => this.#buffer.bytes,
    callback: (count) => this.#push(count),
  }
  #buffer: ReadBuffer = takeBuffer()
  #socket: Socket | null = null

  /** Whose reads they are: nothing comes before that is known. */
  bind(socket: Socket): void {
    this.#socket = socket
  }

  #push(count: number): boolean {
    const socket = this.#socket as Socket
    const buffer = this.#buffer
    if (count < COPIED_BYTES) {
      const copy = Buffer.allocUnsafe(count)
      buffer.bytes.copy(copy, 0, 0, count)
      return socket.push(copy)
    }
    buffer.start = 0
    buffer.end = count
    this.#buffer = takeBuffer()
    return socket.push(buffer.bytes.subarray(0, count))
  }
}

/** Nobody looks any more at what was read before `chunk`, in one go with it. */
export function giveBackBefore(chunk: Uint8Array): void {
  const buffer = byMemory.get(chunk.buffer)
  if (buffer !== undefined) buffer.start = chunk.byteOffset
}

/**
 * Nobody looks at `chunk` any more. Only if it is all of what was read in one go will its memory be used
 * again: whoever took the chunk out of more than that may still hold the rest.
 */
export function giveBack(chunk: Uint8Array): void {
  if (chunk.length < REUSED_BYTES) return
  const buffer = byMemory.get(chunk.buffer)
  if (buffer === undefined || buffer.end === 0) return
  const { byteOffset: start, length } = chunk
  if (start !== buffer.start || start + length !== buffer.end) return
  buffer.start = 0
  buffer.end = 0
  if (free.length < MOST_FREE) free.push(buffer)
}
