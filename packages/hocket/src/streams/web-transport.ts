import type { EventLoop } from '../loop/event-loop.ts'
import { BufferedTransport } from './buffered-transport.ts'
import { checkBytes } from './bytes.ts'
import type { Protocol } from './transport.ts'

/** A ReadableStream, as far as it is needed; those of all platforms fit. */
export interface ByteReadable {
  getReader(): {
    read(): Promise<{ done: boolean; value?: unknown }>
    cancel(reason?: unknown): Promise<void>
  }
}

/** A WritableStream, as far as it is needed. */
export interface ByteWritable {
  getWriter(): {
    readonly desiredSize: number | null
    write(chunk: Uint8Array): Promise<void>
    close(): Promise<void>
    abort(reason?: unknown): Promise<void>
  }
}

const EXPECTED = 'chunks of bytes (Uint8Array; a stream of text goes through a TextEncoderStream)'

/** A connection over web streams. Their news comes through the ready queue of the loop. */
export class WebTransport extends BufferedTransport {
  readonly isExternal = true
  readonly #reader: ReturnType<ByteReadable['getReader']>
  readonly #writer: ReturnType<ByteWritable['getWriter']> | null
  #isPulling = false
  /** What came while reading was paused. */
  #held: (() => void) | null = null
  #isEnded = false
  /** Writes that the stream has taken and not finished. */
  #underWay = 0
  #closing: Promise<void> | null = null

  constructor(
    loop: EventLoop,
    protocol: Protocol,
    readable: ByteReadable,
    writable: ByteWritable | null,
  ) {
    super(loop, protocol, new Map<string, unknown>([['readable', readable]]))
    this.#reader = readable.getReader()
    this.#writer = writable?.getWriter() ?? null
  }

  /** Begins to read. */
  start(): void {
    this.#pull()
  }

  override canWriteEof(): boolean {
    return this.#writer !== null
  }

  protected override _push(data: Uint8Array): void {
    if (this.#writer === null) {
      throw new TypeError('write expected a writable side, but only a readable one was given')
    }
    super._push(data)
  }

  protected _flush(): void {
    const writer = this.#writer
    if (writer === null) return
    // One at least is handed over: where the stream holds nothing back, its size says nothing.
    while (
      this.getWriteBufferSize() > 0 &&
      (this.#underWay === 0 || (writer.desiredSize ?? 0) > 0)
    ) {
      this.#underWay += 1
      this.#follow(writer.write(this._take()), () => {
        this.#underWay -= 1
        this._flush()
      })
    }
    this._flushed()
  }

  protected _endWriting(): void {
    if (this.#writer !== null) this.#closing ??= this.#writer.close()
    if (this.#closing !== null) this.#follow(this.#closing, () => {})
  }

  /** All that was written has arrived before the connection counts as closed. */
  protected override _finish(): void {
    if (this.#writer === null) {
      this._lose(null, true)
      return
    }
    this.#closing ??= this.#writer.close()
    this.#follow(this.#closing, () => this._lose(null, true))
  }

  protected _resume(): void {
    if (this.#held === null) {
      this.#pull()
      return
    }
    const held = this.#held
    this.#held = null
    this._loop.callSoon(() => this.#arrive(held))
  }

  protected _release(error: unknown): void {
    const reason = error ?? new DOMException('the connection was closed', 'AbortError')
    // A side that has ended takes no notice; one that has failed has told already.
    const ignore = () => {}
    this.#reader.cancel(reason).catch(ignore)
    this.#writer?.abort(reason).catch(ignore)
  }

  #pull(): void {
    if (this.#isPulling || this.#isEnded || !this.isReading()) return
    this.#isPulling = true
    this.#follow(this.#reader.read(), ({ done, value }) => {
      this.#isPulling = false
      this.#arrive(() => this.#take(done, value))
    })
  }

  #arrive(take: () => void): void {
    if (this.isReading()) take()
    else if (!this._isClosing) this.#held = take
  }

  #take(done: boolean, value: unknown): void {
    if (done) {
      this.#isEnded = true
      this._receiveEof()
      if (this.#writer === null) this.close()
      return
    }
    try {
      this._receive(checkBytes(value, 'a web stream', EXPECTED))
    } catch (error) {
      this._lose(error)
      return
    }
    this.#pull()
  }

  #follow<T>(promise: Promise<T>, then: (value: T) => void): void {
    promise.then(
      (value) => this.#soon(() => then(value)),
      (error) => this.#soon(() => this._lose(error)),
    )
  }

  /** Protocols are called from handles of their loop only. */
  #soon(callback: () => void): void {
    if (this._loop.isClosed()) {
      this._lose(null)
    } else {
      this._loop.callSoon(() => {
        if (!this._isLost) callback()
      })
    }
  }
}
