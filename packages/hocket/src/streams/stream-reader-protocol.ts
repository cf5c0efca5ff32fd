import { callBody } from '../coroutine/call-body.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import type { Suspension } from '../future/suspension.ts'
import { showAsText } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Task } from '../task/task.ts'
import { FlowControl } from './flow-control.ts'
import type { StreamReader } from './stream-reader.ts'
import { StreamWriter } from './stream-writer.ts'
import type { Protocol, Transport } from './transport.ts'
import { TransportWaits } from './transport-waits.ts'

/** What a server does with each connection: a plain function, or a coroutine function in either spelling. */
export type ClientConnected = (reader: StreamReader, writer: StreamWriter) => unknown

/**
 * Passes on what a transport tells to a StreamReader and to who drains a StreamWriter. For builders
 * of transports. asyncio.StreamReaderProtocol, CPython 3.13.
 *
 * `clientConnected(reader, writer)` runs in a task of its own when the connection is made; if it
 * fails, that is reported to the loop's exception handler and the transport is closed.
 */
export class StreamReaderProtocol implements Protocol {
  readonly #loop: EventLoop
  readonly #clientConnected: ClientConnected | null
  readonly #flow: FlowControl
  readonly #closing: TransportWaits
  #isClosed = false
  #error: unknown = null
  #reader: StreamReader | null
  #transport: Transport | null = null
  #isOverTls = false

  constructor(
    reader: StreamReader,
    options: { clientConnected?: ClientConnected; loop?: EventLoop } = {},
  ) {
    this.#loop = options.loop ?? getEventLoop()
    this.#clientConnected = options.clientConnected ?? null
    this.#reader = reader
    this.#flow = new FlowControl(this.#loop)
    this.#closing = new TransportWaits(this.#loop, 'the end of a connection')
  }

  connectionMade(transport: Transport): void {
    const reader = this.#reader as StreamReader
    this.#transport = transport
    this.#isOverTls = transport.getExtraInfo('sslcontext') !== undefined
    reader.setTransport(transport)
    if (this.#clientConnected === null) return
    const writer = new StreamWriter(transport, this, reader)
    const task = this.#loop.createTask(serve(this.#clientConnected, reader, writer))
    task.addDoneCallback((done) => this.#served(done, transport))
  }

  dataReceived(data: Uint8Array): void {
    this.#reader?.feedData(data)
  }

  eofReceived(): boolean {
    this.#reader?.feedEof()
    // TLS as asyncio has it knows no half-open connections.
    return !this.#isOverTls
  }

  connectionLost(error: unknown): void {
    if (error === null) this.#reader?.feedEof()
    else this.#reader?.setException(error)
    this.#isClosed = true
    this.#error = error
    this.#closing.wake(error)
    this.#flow.lose(error)
    this.#reader = null
    this.#transport = null
  }

  pauseWriting(): void {
    this.#flow.pause()
  }

  resumeWriting(): void {
    this.#flow.resume()
  }

  toString(): string {
    return `<StreamReaderProtocol ${this.#transport === null ? 'not connected' : 'connected'}>`
  }

  /** @internal */
  _drain(transport: Transport): Generator<Suspension, void, unknown> {
    return this.#flow.drain(transport)
  }

  /** @internal */
  *_waitClosed(transport: Transport): Generator<Suspension, void, unknown> {
    if (!this.#isClosed) yield* this.#closing.wait(transport)
    else if (this.#error !== null) throw this.#error as Error
  }

  #served(task: Task<unknown>, transport: Transport): void {
    if (task.cancelled()) {
      transport.close()
      return
    }
    const exception = task.exception()
    if (exception === null) return
    this.#loop.callExceptionHandler({
      message: 'unhandled exception in clientConnected',
      exception,
      task,
    })
    transport.close()
  }
}

showAsText(StreamReaderProtocol)

const serve = coroutine(function* serve(
  fn: ClientConnected,
  reader: StreamReader,
  writer: StreamWriter,
): Generator<Suspension, void, unknown> {
  yield* callBody(() => fn(reader, writer), 'clientConnected')
})
