import type { TimerHandle } from 'hocket'
import type { Dispatcher } from 'undici'
import type { ResolvedTimeout } from '../base/client-timeout.ts'
import { giveBackBefore, REUSED_BYTES } from '../base/read-buffers.ts'
import type { Target } from '../base/target.ts'
import { type BodySource, BodyStream } from '../body/body-stream.ts'
import type { RequestBody } from '../body/request-body.ts'
import { ClientConnectionError, ConnectionTimeoutError } from '../errors/connection-errors.ts'
import type { Connection } from './connection.ts'
import type { Deadline } from './deadline.ts'
import type { LookupListener } from './dns-cache.ts'
import type { ExchangePlan } from './exchange-plan.ts'
import { ExchangeTrace } from './exchange-trace.ts'
import { HeadReader } from './raw-headers.ts'
import type { Route } from './route.ts'
import { SilenceWatch, type Watched } from './silence-watch.ts'
import type { TCPConnector } from './tcp-connector.ts'
import { codeOf, connectError, payloadError, proxyError, requestError } from './translate-error.ts'
import { Turn } from './turn.ts'

// How far it has come.
const NEW = 0
const CONNECTING = 2
const SENDING = 3
const RECEIVING = 4
const DONE = 5

// A small rest that takes longer is not worth its connection.
const DRAIN_MS = 1_000

/**
 * One request on one connection, and its answer: awaiting it ends when the headers are here; the body
 * goes on into a {@link BodyStream}. It is the handler that undici calls, the operation that the task
 * awaits, and the source of the body, all in one, because this is the path of every request.
 *
 * Whatever ends it early (a cancel, a timeout, the garbage collector) lets go at once, in every phase:
 * its units of the limits are free, the connection is closed, and undici is never asked to agree.
 */
export class Exchange extends Turn implements BodySource, LookupListener, Watched {
  declare readonly method: string
  declare readonly target: Target
  /** Of the answer; 0 until it is here. */
  declare status: number
  declare statusText: string
  declare head: HeadReader
  /** The raw bytes; there from the headers on. */
  declare body: BodyStream
  /** It was sent over a connection that stood already. */
  declare isReused: boolean
  declare private readonly _connector: TCPConnector
  declare private readonly _route: Route
  declare private readonly _headers: readonly string[]
  declare private readonly _requestBody: RequestBody | null
  declare private readonly _timeout: ResolvedTimeout
  declare private _deadline: Deadline | null
  declare private readonly _trace: ExchangeTrace | null
  declare private _phase: number
  declare private _connection: Connection | null
  declare private _abort: ((error?: Error) => void) | null
  declare private _resumeParser: (() => void) | null
  // For `connect`, then for `sockConnect`, at last for the rest that is drained.
  declare private _timer: TimerHandle | null
  declare private _silence: SilenceWatch | null
  /** We hold the server back. */
  declare isPaused: boolean
  /** Told once when it is over, however it ended. */
  declare onDone: (() => void) | null

  constructor(connector: TCPConnector, route: Route, plan: ExchangePlan) {
    super(route.slots, connector.slots)
    this.method = plan.method
    this.target = plan.target
    this.status = 0
    this.statusText = ''
    this.head = HeadReader.empty
    this.body = null as unknown as BodyStream
    this.isReused = false
    this._connector = connector
    this._route = route
    this._headers = plan.headers
    this._requestBody = plan.body
    this._timeout = plan.timeout
    this._deadline = plan.deadline
    this._trace = plan.trace === null ? null : new ExchangeTrace(plan.trace, plan)
    this._phase = NEW
    this._connection = null
    this._abort = null
    this._resumeParser = null
    this._timer = null
    this._silence = null
    this.isPaused = false
    this.onDone = null
  }

  get name(): string {
    return 'ClientSession.request'
  }

  /** The whole message is here, or never will be. */
  get isDone(): boolean {
    return this._phase === DONE
  }

  describe(): string {
    const what = this._phase === RECEIVING ? 'the body' : 'the answer'
    return `${what} of ${this.method} ${this.target.shown}`
  }

  // The turn: the task's side.

  protected _onBegin(): void {
    this._connector.checkOpen()
    this._deadline?.follow(this, this._loop)
    const { connect } = this._timeout
    if (connect > 0) this._timer = this._loop.callLater(connect, onConnectTimeout, this)
  }

  protected _onQueued(): void {
    this._trace?.connection('onConnectionQueuedStart')
  }

  protected _onTurn(wasQueued: boolean): void {
    if (wasQueued) this._trace?.connection('onConnectionQueuedEnd')
    if (this._connector.closed) {
      this._end(new ClientConnectionError('the connector was closed'), false)
      return
    }
    const connection = this._route.take()
    connection.exchange = this
    this._connection = connection
    this._phase = CONNECTING
    this.isReused = connection.isOpen
    if (this.isReused) this._trace?.connection('onConnectionReuseconn')
    const { method, target, _headers: headers } = this
    const options = this._route.optionsFor(method, target, headers)
    const body = this._requestBody
    if (body !== null) options.body = body.open(this._loop) as Buffer
    if (this._connector.forceClose) options.reset = true
    connection.client.dispatch(options, this as unknown as Dispatcher.DispatchHandler)
  }

  protected _onCancel(): void {
    this._end(null, false)
  }

  // The connection's side.

  onConnecting(): void {
    if (this._phase !== CONNECTING) return
    this._trace?.connection('onConnectionCreateStart')
    const { sockConnect } = this._timeout
    if (sockConnect === 0) return
    // Where both run, whichever is over first ends it.
    const when = this._loop.time() + sockConnect
    if (this._timer !== null && this._timer.when() <= when) return
    this._timer?.cancel()
    this._timer = this._loop.callLater(sockConnect, onSockConnectTimeout, this)
  }

  onConnected(): void {
    if (this._phase === CONNECTING) this._trace?.connection('onConnectionCreateEnd')
  }

  onLookup(event: 'hit' | 'miss' | 'start' | 'end', host: string): void {
    this._trace?.lookup(event, host)
  }

  // undici's handler, in its plain form: no object is made for the headers of each answer.

  onConnect(abort: (error?: Error) => void): void {
    if (this._phase !== CONNECTING) {
      abort()
      return
    }
    this._abort = abort
    this._phase = SENDING
    this._timer?.cancel()
    this._timer = null
    this._trace?.headersSent(this._headers)
    const { sockRead } = this._timeout
    if (sockRead > 0) this._silence = new SilenceWatch(this, this._loop, sockRead)
  }

  onBodySent(chunk: Uint8Array | string): void {
    this._trace?.chunk('onRequestChunkSent', chunk)
    this._silence?.touch()
  }

  onHeaders(status: number, rawHeaders: Buffer[], resume: () => void, statusText: string): boolean {
    if (this._phase !== SENDING || status < 200) return true
    this.status = status
    this.statusText = statusText
    this.head = new HeadReader(rawHeaders)
    this.body = new BodyStream(this)
    this._resumeParser = resume
    this._phase = RECEIVING
    this._silence?.touch()
    this._wake()
    return true
  }

  onData(chunk: Buffer): boolean {
    if (this._phase !== RECEIVING) return true
    this._silence?.touch()
    if (this.body.received === 0 && chunk.length >= REUSED_BYTES) {
      // Where a body begins, undici has done with the headers.
      this.head.detach()
      giveBackBefore(chunk)
    }
    const isWanted = this.body.feed(this._trace === null ? chunk : this._shown(this._trace, chunk))
    this.isPaused = !isWanted
    return isWanted
  }

  /** Whoever is told of it may keep it: the body gets a copy. */
  private _shown(trace: ExchangeTrace, chunk: Buffer): Buffer {
    trace.chunk('onResponseChunkReceived', chunk)
    return Buffer.from(chunk)
  }

  onComplete(): void {
    if (this._phase === RECEIVING) this._end(null, true)
  }

  onError(error: Error): void {
    if (this._phase === DONE) return
    this._end(this._isBodiless(error) ? null : this._translate(error), false)
  }

  /** These have no body, and may say how long that of a 200 would be, which undici waits for. */
  private _isBodiless(error: Error): boolean {
    return (
      (this.status === 304 || this.status === 204) &&
      this.body.received === 0 &&
      codeOf(error) === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'
    )
  }

  private _translate(error: Error): Error {
    if (this._phase === RECEIVING) {
      return payloadError(error, this.body.received, this.head.contentLength)
    }
    const body = this._requestBody
    if (body !== null && body.failure !== undefined) return body.failure as Error
    if (this._phase === SENDING) return requestError(error, body === null)
    if (codeOf(error).startsWith('UND_ERR_')) return requestError(error, false)
    const { hostname, port } = this._route.next
    if (this._route.isForwarded) return proxyError(error, hostname, port)
    const { unixPath } = this._connector
    return unixPath === null
      ? connectError(error, hostname, port)
      : connectError(error, unixPath, 0)
  }

  // The body's side.

  pauseReading(): void {}

  resumeReading(): void {
    if (!this.isPaused) return
    this.isPaused = false
    this._silence?.touch()
    if (this._phase === RECEIVING) this._resumeParser?.()
  }

  /** Ends it now, with `error` for whoever waits or reads; the connection is closed. */
  expire(error: Error): void {
    if (this._phase !== DONE) this._end(error, false)
  }

  /** Gives it up; who reads finds that it is closed. */
  abort(): void {
    // Nothing is made for one that is over: an error with its stack costs more than the rest.
    if (this._phase === DONE) return
    this.expire(new ClientConnectionError('the response was closed before its end'))
  }

  followBy(deadline: Deadline): void {
    this._deadline = deadline
  }

  /** What is still to come is dropped, and its connection kept, if that does not take long. */
  drain(): void {
    if (this._phase !== RECEIVING) return
    this._silence?.stop()
    this._timer?.cancel()
    this._timer = this._loop.callLater(DRAIN_MS, onSlowDrain, this)
    this.body.discard()
  }

  /** The one place where it ends: everything it holds is let go of, once. */
  private _end(error: Error | null, isWhole: boolean): void {
    const phase = this._phase
    if (phase === DONE) return
    this._phase = DONE
    this._silence?.stop()
    this._timer?.cancel()
    this._timer = null
    if (phase === RECEIVING) {
      if (error === null) this.body.end()
      else this.body.fail(error)
    } else {
      this._failure = error
    }
    const connection = this._connection
    if (connection !== null) {
      this._connection = null
      if (isWhole) this._route.giveBack(connection)
      else {
        this._abort?.()
        this._route.discard(connection)
      }
    }
    this._abort = null
    this._resumeParser = null
    this._requestBody?.close()
    this._release()
    this._deadline?.leave(this)
    this._wake()
    this.onDone?.()
  }
}

function onConnectTimeout(exchange: Exchange): void {
  const { origin } = exchange.target
  exchange.expire(new ConnectionTimeoutError(`no connection to ${origin} in time (connect)`))
}

function onSockConnectTimeout(exchange: Exchange): void {
  const { origin } = exchange.target
  exchange.expire(new ConnectionTimeoutError(`no connection to ${origin} in time (sockConnect)`))
}

function onSlowDrain(exchange: Exchange): void {
  exchange.abort()
}
