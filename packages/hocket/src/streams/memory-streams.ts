import { ConnectionResetError } from '../errors/streams.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { BufferedTransport } from './buffered-transport.ts'
import { StreamReader } from './stream-reader.ts'
import { StreamReaderProtocol } from './stream-reader-protocol.ts'
import { StreamWriter } from './stream-writer.ts'

export type StreamPair = [StreamReader, StreamWriter]

/**
 * Two ends of a connection in memory: what one writes, the other reads. For tests, and between tasks.
 *
 * It behaves as a socket: bytes arrive in the next iteration; a slow reader makes `drain()` of the
 * other end wait; `writeEof()` closes one direction; `close()` sends what is buffered first; after
 * `abort()`, and where one writes to an end that is closed, the connection is lost by a
 * {@link ConnectionResetError}. trio.testing.memory_stream_pair.
 *
 * @example
 * ```ts
 * const answer = await run(async () => {
 *   const [[reader, writer], [, peer]] = memoryStreamPair()
 *   peer.write('pong\n')
 *   const line = await reader.readline()
 *   writer.close()
 *   return new TextDecoder().decode(line)
 * })
 * answer // => 'pong\n'
 * ```
 */
export function memoryStreamPair(
  options: { limit?: number; loop?: EventLoop } = {},
): [StreamPair, StreamPair] {
  const { loop = getEventLoop(), limit } = options
  const ends = [0, 1].map(() => {
    const reader = new StreamReader(limit === undefined ? { loop } : { loop, limit })
    const protocol = new StreamReaderProtocol(reader, { loop })
    const transport = new MemoryTransport(loop, protocol)
    return { reader, protocol, transport, writer: new StreamWriter(transport, protocol, reader) }
  }) as [End, End]
  const [one, other] = ends
  one.transport.connect(other.transport)
  other.transport.connect(one.transport)
  for (const { protocol, transport } of ends) protocol.connectionMade(transport)
  return [
    [one.reader, one.writer],
    [other.reader, other.writer],
  ]
}

interface End {
  reader: StreamReader
  protocol: StreamReaderProtocol
  transport: MemoryTransport
  writer: StreamWriter
}

class MemoryTransport extends BufferedTransport {
  readonly isExternal = false
  #peer: MemoryTransport = this
  #isDelivering = false
  #hasEndToTell = false

  constructor(loop: EventLoop, protocol: StreamReaderProtocol) {
    super(loop, protocol, new Map())
  }

  connect(peer: MemoryTransport): void {
    this.#peer = peer
  }

  protected _flush(): void {
    if (this.#peer._isLost) {
      this._lose(new ConnectionResetError('the other end of the connection is closed'))
    } else {
      this.#deliverSoon()
    }
  }

  protected _endWriting(): void {
    this.#hasEndToTell = true
    this.#deliverSoon()
  }

  protected _resume(): void {
    this.#peer.#deliverSoon()
  }

  protected _release(error: unknown, isInOrder: boolean): void {
    const peer = this.#peer
    if (peer._isLost) return
    // As a socket does where something is left unread.
    const isReset = error !== null || !isInOrder || peer.getWriteBufferSize() > 0
    if (isReset) peer._lose(new ConnectionResetError('the connection was reset by the other end'))
    else if (!this._isEofWritten) this._endWriting()
  }

  /** Whether the other end has to be told something, and listens. */
  #canDeliver(): boolean {
    return (this.getWriteBufferSize() > 0 || this.#hasEndToTell) && this.#peer.isReading()
  }

  #deliverSoon(): void {
    if (this.#isDelivering || !this.#canDeliver()) return
    this.#isDelivering = true
    this._loop.callSoon(() => this.#deliver())
  }

  #deliver(): void {
    this.#isDelivering = false
    const peer = this.#peer
    while (this.getWriteBufferSize() > 0 && peer.isReading()) peer._receive(this._take())
    this._flushed()
    if (!this.#hasEndToTell || this.getWriteBufferSize() > 0 || !peer.isReading()) return
    this.#hasEndToTell = false
    peer._receiveEof()
  }
}
