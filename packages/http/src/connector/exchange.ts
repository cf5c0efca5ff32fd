import { type EventLoop, getRunningLoop, type TimerHandle } from 'hocket'
import { Operation, type pending, type Waiter } from 'hocket/lowlevel'
import type { Dispatcher } from 'undici'
import type { ResolvedTimeout } from '../base/client-timeout.ts'
import type { Target } from '../base/target.ts'
import { NewsWaiter } from '../base/unbound.ts'
import { type BodySource, BodyStream } from '../body/body-stream.ts'
import type { RequestBody } from '../body/request-body.ts'
import {
  ClientConnectionError,
  ConnectionTimeoutError,
  SocketTimeoutError,
} from '../errors/connection-errors.ts'
import type { TraceSignals } from '../trace/trace-config.ts'
import type { TraceRun } from '../trace/trace-run.ts'
import type { Connection } from './connection.ts'
import type { Deadline } from './deadline.ts'
import type { LookupListener } from './dns-cache.ts'
import { HeadReader } from './raw-headers.ts'
import type { Route } from './route.ts'
import type { Slots } from './slots.ts'
import type { TCPConnector } from './tcp-connector.ts'
import { codeOf, connectError, payloadError, proxyError, requestError } from './translate-error.ts'

/** What is sent, and how long it may take. */
export interface ExchangePlan {
  readonly method: string
  readonly target: Target
  /** Names and values by turns. */
  readonly headers: readonly string[]
  readonly body: RequestBody | null
  readonly timeout: ResolvedTimeout
  readonly deadline: Deadline | null
  readonly trace: TraceRun | null
}

// How far it has come.
const NEW = 0
const QUEUED = 1
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
export class Exchange extends Operation<undefined> implements BodySource, LookupListener {
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
  declare private readonly _trace: TraceRun | null
  declare private _loop: EventLoop
  declare private _phase: number
  // How many of its units it has: that of the route, then that of the connector.
  declare private _units: number
  declare private _queue: Slots | null
  declare private _news: NewsWaiter | null
  declare private _failure: Error | null
  declare private _connection: Connection | null
  declare private _abort: ((error?: Error) => void) | null
  declare private _resumeParser: (() => void) | null
  // For `connect`, then for `sockConnect`, then for `sockRead`.
  declare private _timer: TimerHandle | null
  declare private _lastNews: number
  declare private _isPaused: boolean
  /** Told once when it is over, however it ended. */
  declare onDone: (() => void) | null

  constructor(connector: TCPConnector, route: Route, plan: ExchangePlan) {
    super()
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
    this._trace = plan.trace
    this._loop = null as unknown as EventLoop
    this._phase = NEW
    this._units = 0
    this._queue = null
    this._news = null
    this._failure = null
    this._connection = null
    this._abort = null
    this._resumeParser = null
    this._timer = null
    this._lastNews = 0
    this._isPaused = false
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

  // The operation: the task's side.

  begin(): undefined | typeof pending {
    this._connector.checkOpen()
    this._loop = getRunningLoop()
    this._deadline?.follow(this, this._loop)
    const { connect } = this._timeout
    if (connect > 0) this._timer = this._loop.callLater(connect, onConnectTimeout, this)
    return this._goThrough()
  }

  goOn(waiter: Waiter): undefined | typeof pending {
    if (this._queue !== null) this._settleQueue(waiter as NewsWaiter)
    this._throwFailure()
    return this._phase === QUEUED ? this._goThrough() : undefined
  }

  giveUp(waiter: Waiter): void {
    if (this._queue !== null) this._settleQueue(waiter as NewsWaiter)
    this._news = null
    this._end(null, false)
  }

  private _goThrough(): undefined | typeof pending {
    if (this._units === 0) {
      if (!this._route.slots.take()) return this._waitIn(this._route.slots)
      this._units = 1
    }
    if (this._units === 1) {
      if (!this._connector.slots.take()) return this._waitIn(this._connector.slots)
      this._units = 2
    }
    if (this._phase === QUEUED) this._tell('onConnectionQueuedEnd')
    return this._send()
  }

  private _waitIn(slots: Slots): typeof pending {
    if (this._phase !== QUEUED) this._tell('onConnectionQueuedStart')
    this._phase = QUEUED
    const waiter = new NewsWaiter(this)
    this._news = waiter
    this._queue = slots
    slots.queue.push(waiter)
    return this.waitFor(waiter)
  }

  /** Whoever was woken by the queue has its unit, unless a timeout has woken it. */
  private _settleQueue(waiter: NewsWaiter): void {
    const queue = this._queue
    if (queue === null) return
    this._queue = null
    this._news = null
    queue.queue.leave(waiter)
    if (waiter.isWoken() && this._failure === null) this._units += 1
  }

  private _send(): typeof pending {
    const connection = this._route.take()
    connection.exchange = this
    this._connection = connection
    this._phase = CONNECTING
    this.isReused = connection.isOpen
    if (this.isReused) this._tell('onConnectionReuseconn')
    const news = new NewsWaiter(this)
    this._news = news
    connection.client.dispatch(
      this._dispatchOptions(),
      this as unknown as Dispatcher.DispatchHandler,
    )
    this._throwFailure()
    return this.waitFor(news)
  }

  private _dispatchOptions(): Dispatcher.DispatchOptions {
    const { _route: route, target, _requestBody: body } = this
    const headers =
      route.headers.length === 0 ? this._headers : [...this._headers, ...route.headers]
    const options: Dispatcher.DispatchOptions = {
      path: route.isForwarded ? target.origin + target.path : target.path,
      method: this.method as Dispatcher.HttpMethod,
      headers: headers as string[],
      // With one request at a time there is nobody that it could hold up.
      blocking: false,
    }
    if (body !== null) options.body = body.open(this._loop) as Buffer
    if (this._connector.forceClose) options.reset = true
    return options
  }

  private _throwFailure(): void {
    const failure = this._failure
    if (failure === null) return
    this._failure = null
    throw failure
  }

  // The connection's side.

  onConnecting(): void {
    if (this._phase !== CONNECTING) return
    this._tell('onConnectionCreateStart')
    const { sockConnect } = this._timeout
    // Where both run, the one for `connect` was first; whichever is over first ends it.
    if (sockConnect > 0 && this._timer === null) {
      this._timer = this._loop.callLater(sockConnect, onSockConnectTimeout, this)
    } else if (sockConnect > 0 && this._timer !== null) {
      const when = this._loop.time() + sockConnect
      if (when < this._timer.when()) {
        this._timer.cancel()
        this._timer = this._loop.callLater(sockConnect, onSockConnectTimeout, this)
      }
    }
  }

  onConnected(): void {
    if (this._phase === CONNECTING) this._tell('onConnectionCreateEnd')
  }

  onLookup(event: 'hit' | 'miss' | 'start' | 'end', host: string): void {
    const trace = this._trace
    if (trace === null) return
    if (event === 'hit') trace.emit('onDnsCacheHit', { host })
    else if (event === 'miss') trace.emit('onDnsCacheMiss', { host })
    else if (event === 'start') trace.emit('onDnsResolvehostStart', { host })
    else trace.emit('onDnsResolvehostEnd', { host })
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
    this._tellHeadersSent()
    const { sockRead } = this._timeout
    if (sockRead > 0) {
      this._lastNews = this._loop.time()
      this._timer = this._loop.callLater(sockRead, onSilence, this)
    }
  }

  onBodySent(chunk: Uint8Array | string): void {
    const trace = this._trace
    if (trace?.has('onRequestChunkSent')) {
      const { method, target } = this
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk
      trace.emit('onRequestChunkSent', { method, url: new URL(target.href), chunk: bytes })
    }
    if (this._timeout.sockRead > 0) this._lastNews = this._loop.time()
  }

  onHeaders(status: number, rawHeaders: Buffer[], resume: () => void, statusText: string): boolean {
    if (this._phase !== SENDING || status < 200) return true
    this.status = status
    this.statusText = statusText
    this.head = new HeadReader(rawHeaders)
    this.body = new BodyStream(this)
    this._resumeParser = resume
    this._phase = RECEIVING
    if (this._timeout.sockRead > 0) this._lastNews = this._loop.time()
    this._wake()
    return true
  }

  onData(chunk: Buffer): boolean {
    if (this._phase !== RECEIVING) return true
    const trace = this._trace
    if (trace?.has('onResponseChunkReceived')) {
      const { method, target } = this
      trace.emit('onResponseChunkReceived', { method, url: new URL(target.href), chunk })
    }
    if (this._timeout.sockRead > 0) this._lastNews = this._loop.time()
    const isWanted = this.body.feed(chunk)
    this._isPaused = !isWanted
    return isWanted
  }

  onComplete(): void {
    if (this._phase === RECEIVING) this._end(null, true)
  }

  onError(error: Error): void {
    if (this._phase !== DONE) this._end(this._translate(error), false)
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
    if (!this._isPaused) return
    this._isPaused = false
    if (this._timeout.sockRead > 0) this._lastNews = this._loop.time()
    if (this._phase === RECEIVING) this._resumeParser?.()
  }

  /** Ends it now, with `error` for whoever waits or reads; the connection is closed. */
  expire(error: Error): void {
    if (this._phase === DONE) return
    // A unit that has been handed over and not been taken yet is ours to give back.
    if (this._queue !== null && this._news?.isWoken() === true) {
      this._settleQueue(this._news)
    }
    this._end(error, false)
  }

  /** Gives it up; who reads finds that it is closed. */
  abort(): void {
    this.expire(new ClientConnectionError('the response was closed before its end'))
  }

  followBy(deadline: Deadline): void {
    this._deadline = deadline
  }

  /** What is still to come is dropped, and its connection kept, if that does not take long. */
  drain(): void {
    if (this._phase !== RECEIVING) return
    this._timer?.cancel()
    this._timer = this._loop.callLater(DRAIN_MS, onSlowDrain, this)
    this.body.discard()
  }

  /** @internal `sockRead` may be over. */
  _checkSilence(): void {
    this._timer = null
    const { sockRead } = this._timeout
    const silence = this._loop.time() - this._lastNews
    // A server that is held back by us is not silent.
    if (this._isPaused) this._timer = this._loop.callLater(sockRead, onSilence, this)
    else if (silence >= sockRead) {
      this.expire(
        new SocketTimeoutError(
          `expected something from ${this.target.origin} within ${sockRead} ms (sockRead), got nothing`,
        ),
      )
    } else this._timer = this._loop.callLater(sockRead - silence, onSilence, this)
  }

  private _wake(): void {
    const news = this._news
    this._news = null
    news?.wake()
  }

  /** The one place where it ends: everything it holds is let go of, once. */
  private _end(error: Error | null, isWhole: boolean): void {
    const phase = this._phase
    if (phase === DONE) return
    this._phase = DONE
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
    if (this._units > 0) this._releaseUnits()
    this._deadline?.leave(this)
    this._wake()
    this.onDone?.()
  }

  private _releaseUnits(): void {
    const units = this._units
    this._units = 0
    if (units === 2) this._connector.slots.release()
    this._route.slots.release()
    this._connector.noteFree(this._route)
  }

  private _tell(
    name:
      | 'onConnectionQueuedStart'
      | 'onConnectionQueuedEnd'
      | 'onConnectionCreateStart'
      | 'onConnectionCreateEnd'
      | 'onConnectionReuseconn',
  ): void {
    this._trace?.emit(name, { origin: this.target.origin })
  }

  private _tellHeadersSent(): void {
    const trace = this._trace
    if (!trace?.has('onRequestHeadersSent')) return
    const headers = new Headers()
    for (let i = 0; i < this._headers.length; i += 2) {
      headers.append(this._headers[i] as string, this._headers[i + 1] as string)
    }
    const { method, target } = this
    const params: TraceSignals['onRequestHeadersSent'] = {
      method,
      url: new URL(target.href),
      headers,
    }
    trace.emit('onRequestHeadersSent', params)
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

function onSilence(exchange: Exchange): void {
  exchange._checkSilence()
}
