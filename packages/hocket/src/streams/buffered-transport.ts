import { Deque } from '../base/deque.ts'
import { RuntimeError } from '../errors/errors.ts'
import { classNameOf, showAsText } from '../loop/checks.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { concatBytes } from './bytes.ts'
import type { Protocol, Transport, WriteBufferLimits } from './transport.ts'

const DEFAULT_HIGH = 65_536
const PIECE = 65_536

/**
 * What all transports share: the queue of what is to be sent, its water marks, pausing, and the ways
 * to close. asyncio's _SelectorTransport and _FlowControlMixin, CPython 3.13.
 *
 * A subclass sends: it takes from the queue by `_take()` when `_flush()` is called, and calls
 * `_flushed()` when the queue may have become empty.
 */
export abstract class BufferedTransport implements Transport {
  abstract readonly isExternal: boolean
  protected readonly _loop: EventLoop
  protected _isClosing = false
  /** `connectionLost` is on its way, or has been. */
  protected _isLost = false
  protected _isEofWritten = false
  #protocol: Protocol
  readonly #extra: ReadonlyMap<string, unknown>
  readonly #queue: Deque<Uint8Array> = new Deque()
  #size = 0
  #isPaused = false
  #isProtocolPaused = false
  #isEndSent = false
  #high = DEFAULT_HIGH
  #low = DEFAULT_HIGH / 4

  constructor(loop: EventLoop, protocol: Protocol, extra: ReadonlyMap<string, unknown>) {
    this._loop = loop
    this.#protocol = protocol
    this.#extra = extra
  }

  /** Begins to send what is in the queue; called after each write. */
  protected abstract _flush(): void
  /** Everything is sent, and the other end is to know that nothing will follow. Called once. */
  protected abstract _endWriting(): void
  /** `isReading()` has become true again. */
  protected abstract _resume(): void
  /** The connection is lost: gives back what it stands on. In order means that all was sent, by `close()`. */
  protected abstract _release(error: unknown, isInOrder: boolean): void

  getProtocol(): Protocol {
    return this.#protocol
  }

  setProtocol(protocol: Protocol): void {
    this.#protocol = protocol
  }

  getExtraInfo(name: string): unknown {
    return this.#extra.get(name)
  }

  isReading(): boolean {
    return !this._isClosing && !this.#isPaused
  }

  pauseReading(): void {
    if (!this.isReading()) return
    this.#isPaused = true
  }

  resumeReading(): void {
    if (this._isClosing || !this.#isPaused) return
    this.#isPaused = false
    this._resume()
  }

  write(data: Uint8Array): void {
    this.#checkWritable('write')
    // Copied, since the caller may use the array again.
    this._push(data.slice())
  }

  writelines(list: Iterable<Uint8Array>): void {
    this.#checkWritable('writelines')
    const pieces = Array.from(list)
    this._push(pieces.length === 1 ? (pieces[0] as Uint8Array).slice() : concatBytes(pieces))
  }

  canWriteEof(): boolean {
    return true
  }

  writeEof(): void {
    if (this._isClosing || this._isEofWritten) return
    this._isEofWritten = true
    if (this.#size === 0) this.#end()
  }

  getWriteBufferSize(): number {
    return this.#size
  }

  getWriteBufferLimits(): WriteBufferLimits {
    return { low: this.#low, high: this.#high }
  }

  setWriteBufferLimits(limits: { high?: number; low?: number } = {}): void {
    const high = limits.high ?? (limits.low === undefined ? DEFAULT_HIGH : 4 * limits.low)
    const low = limits.low ?? Math.floor(high / 4)
    if (!(high >= low && low >= 0)) {
      throw new RangeError(
        `setWriteBufferLimits expected high >= low >= 0 in bytes, got high ${high} and low ${low}`,
      )
    }
    this.#high = high
    this.#low = low
    this.#maybePause()
  }

  isClosing(): boolean {
    return this._isClosing
  }

  close(): void {
    if (this._isClosing) return
    this._isClosing = true
    if (this.#size === 0) this._finish()
  }

  abort(): void {
    this._lose(null)
  }

  toString(): string {
    const state = this._isLost ? 'closed' : this._isClosing ? 'closing' : 'open'
    return `<${classNameOf(this)} ${state} buffered=${this.#size}>`
  }

  protected _push(data: Uint8Array): void {
    if (data.length === 0 || this._isLost) return
    // In pieces, so that a reader which is full stops soon.
    for (let start = 0; start < data.length; start += PIECE) {
      this.#queue.push(data.length <= PIECE ? data : data.subarray(start, start + PIECE))
    }
    this.#size += data.length
    this._flush()
    this.#maybePause()
  }

  /** Takes the oldest piece; it is sent. */
  protected _take(): Uint8Array {
    const data = this.#queue.shift()
    this.#size -= data.length
    return data
  }

  /** What was taken is sent: resumes the protocol, and ends what waited for an empty queue. */
  protected _flushed(): void {
    if (this.#isProtocolPaused && this.#size <= this.#low) {
      this.#isProtocolPaused = false
      this.#tell('resumeWriting', () => this.#protocol.resumeWriting())
    }
    if (this.#size > 0 || this._isLost) return
    if (this._isClosing) this._finish()
    else if (this._isEofWritten) this.#end()
  }

  /** All is sent, after `close()`. A subclass may have something to wait for. */
  protected _finish(): void {
    this._lose(null, true)
  }

  /** Ends the connection at once; the protocol is told in the next iteration. */
  protected _lose(error: unknown, isInOrder = false): void {
    if (this._isLost) return
    this._isLost = true
    this.#queue.clear()
    this.#size = 0
    this._isClosing = true
    this._release(error, isInOrder)
    if (!this._loop.isClosed()) this._loop.callSoon(() => this.#protocol.connectionLost(error))
  }

  protected _receive(data: Uint8Array): void {
    try {
      this.#protocol.dataReceived(data)
    } catch (error) {
      this.#fail('dataReceived', error)
    }
  }

  protected _receiveEof(): void {
    let isKeptOpen = false
    try {
      isKeptOpen = this.#protocol.eofReceived()
    } catch (error) {
      this.#fail('eofReceived', error)
      return
    }
    if (!isKeptOpen) this.close()
  }

  #fail(method: string, exception: unknown): void {
    this.#report(method, exception)
    this._lose(exception)
  }

  #tell(method: string, call: () => void): void {
    try {
      call()
    } catch (exception) {
      this.#report(method, exception)
    }
  }

  #report(method: string, exception: unknown): void {
    this._loop.callExceptionHandler({ message: `protocol.${method}() failed`, exception })
  }

  #end(): void {
    if (this.#isEndSent) return
    this.#isEndSent = true
    this._endWriting()
  }

  #maybePause(): void {
    if (this.#size <= this.#high || this.#isProtocolPaused) return
    this.#isProtocolPaused = true
    this.#tell('pauseWriting', () => this.#protocol.pauseWriting())
  }

  #checkWritable(method: string): void {
    if (this._isEofWritten) throw new RuntimeError(`${method} was called after writeEof()`)
  }
}

showAsText(BufferedTransport)
