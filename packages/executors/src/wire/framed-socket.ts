import { writeSync } from 'node:fs'
import { Socket, type SocketConstructorOpts } from 'node:net'
import { FrameReader, frame } from './frames.ts'

/** Messages up to that size are written by one call of the system, out of the same memory. */
const ROOM = 65_536

/** Messages over a socket between two processes. */
export class FramedSocket {
  onMessage: (message: unknown) => void = () => {}
  onEnd: () => void = () => {}
  /** Something has come that is no message. */
  onUnreadable: (error: unknown) => void = (error) => {
    throw error
  }
  readonly socket: Socket
  readonly #fd: number | null
  readonly #room = Buffer.allocUnsafeSlow(ROOM)
  readonly #reader = new FrameReader(
    (message) => this.onMessage(message),
    (error) => this.onUnreadable(error),
  )
  #isOver = false

  /** @param given the socket, or the descriptor of one that nobody has yet */
  constructor(given: Socket | number) {
    const socket = typeof given === 'number' ? this.#open(given) : given
    this.socket = socket
    this.#fd = fdOf(socket)
    if (typeof given !== 'number') socket.on('data', (chunk: Buffer) => this.#reader.take(chunk))
    socket.on('error', () => this.#end())
    socket.on('end', () => this.#end())
    socket.on('close', () => this.#end())
  }

  /** All that was posted is with the system: the other side gets it, even if this process ends now. */
  get isSent(): boolean {
    return this.socket.writableLength === 0
  }

  /**
   * @throws a DataCloneError if something in it can't be cloned
   * @throws {@link RangeError} if it is too long for one message
   */
  post(message: unknown): void {
    if (this.#isOver) return
    const framed = frame(message, this.#room)
    if (typeof framed === 'number') {
      const written = this.#writeNow(framed)
      if (written === framed) return
      this.socket.write(Buffer.from(this.#room.subarray(written, framed)))
    } else {
      const [header, body] = framed
      this.socket.cork()
      this.socket.write(header)
      this.socket.write(body)
      this.socket.uncork()
    }
  }

  /** What a stream does for a write takes several times as long as the write: gives how much is written. */
  #writeNow(length: number): number {
    if (this.#fd === null || !this.isSent || this.socket.destroyed) return 0
    try {
      return writeSync(this.#fd, this.#room, 0, length)
    } catch {
      // Its buffers are full, or nobody is there any more: the stream waits, or tells.
      return 0
    }
  }

  /** What comes is put into the same memory each time. */
  #open(fd: number): Socket {
    const onread = {
      buffer: Buffer.allocUnsafeSlow(ROOM),
      callback: (length: number, bytes: Uint8Array): boolean => {
        this.#reader.take((bytes as Buffer).subarray(0, length))
        return true
      },
    }
    return new Socket({ fd, readable: true, writable: true, onread } as SocketConstructorOpts)
  }

  #end(): void {
    if (this.#isOver) return
    this.#isOver = true
    this.onEnd()
  }
}

/** The socket's descriptor, which never blocks; null where the system has none. */
function fdOf(socket: Socket): number | null {
  if (process.platform === 'win32') return null
  const { fd } = (socket as { _handle?: { fd?: unknown } })._handle ?? {}
  return typeof fd === 'number' && fd >= 0 ? fd : null
}
