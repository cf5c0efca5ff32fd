import { type Coroutine, coroutine, RuntimeError, type Suspension } from 'hocket'
import { Deque } from 'hocket/lowlevel'
import { ClientPayloadError } from '../errors/client-error.ts'
import {
  ClientConnectionError,
  ClientConnectorSSLError,
  ServerFingerprintMismatch,
} from '../errors/connection-errors.ts'
import { ClientResponseError, ContentTypeError } from '../errors/response-errors.ts'
import type { ClientResponse } from '../message/client-response.ts'
import { LEAST_BACKOFF, Reconnection } from './reconnection.ts'
import { type ServerSentEvent, SseParser } from './sse-parser.ts'

/** How a stream of events behaves. */
export interface EventStreamBehaviour {
  /** How long to wait before it connects again, in ms, as long as the server says nothing; 3,000 by default. */
  reconnectionTime?: number
  /** The most that it waits when it fails again and again, in ms; 60,000 by default. */
  maxReconnectionTime?: number
  /** After so many failures in a row the last one is thrown; without a limit by default, 0 for never again. */
  maxReconnects?: number
  /** Where an earlier stream has ended: the server begins behind it. */
  lastEventId?: string
  /** The most characters of one event; 4 Mi by default. */
  maxEventSize?: number
  /** From 0 up to 1; `Math.random` by default. */
  random?: () => number
}

/** Asks for the stream, with these headers on top; gives what was answered, whatever that is. */
export type OpenStream = (headers: Readonly<Record<string, string>>) => Coroutine<ClientResponse>

/** How long a server asks to be left alone, in ms; null if it does not. */
export type WaitOf = (response: ClientResponse) => number | null

// What no header may hold: the server is not told of such an id.
const UNSENDABLE = /(?!\t)\p{Cc}/u
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504])

/**
 * The events that a server sends, for `for await` and `yield* events.next()`: what `session.sse` gives.
 * EventSource of the WHATWG, as an iterator.
 *
 * When the connection ends or breaks, it connects again, after the time that the server has named
 * (`retry:`), and tells it the last id that it has seen; so it goes on for ever, unless the server
 * answers with 204 (that is the end), or with a refusal (that is thrown). While the server is down, or
 * ends connections over which nothing came, the waits double. It runs in whoever asks for the next event, so events that nobody takes stay with the
 * server. Cancelling that loses nothing: the next call goes on.
 *
 * It is a resource: `await using events = await session.sse(url)`.
 */
export class EventStream implements AsyncDisposable {
  readonly #open: OpenStream
  readonly #waitOf: WaitOf
  readonly #maxReconnects: number
  readonly #maxEventSize: number
  readonly #events: Deque<ServerSentEvent> = new Deque()
  #response: ClientResponse | null = null
  #parser: SseParser
  #lastEventId: string
  readonly #reconnection: Reconnection
  /** Something has come over this connection. */
  #hasReceived = false
  #hasEvents = false
  #isRunning = false
  #isClosed = false

  /** @internal @throws {@link RangeError} if a time makes no sense */
  constructor(open: OpenStream, waitOf: WaitOf, behaviour: EventStreamBehaviour) {
    const { reconnectionTime = 3_000, maxReconnectionTime = 60_000 } = behaviour
    const { maxReconnects = Infinity, maxEventSize = 4 * 1024 * 1024 } = behaviour
    const { lastEventId = '', random = Math.random } = behaviour
    for (const [name, value] of Object.entries({
      reconnectionTime,
      maxReconnectionTime,
      maxReconnects,
      maxEventSize,
    })) {
      if (!(value >= 0)) throw new RangeError(`${name} expected 0 or more, got ${value}`)
    }
    if (/[\0\r\n]/.test(lastEventId)) {
      throw new RangeError(`expected an id without line ends, got ${JSON.stringify(lastEventId)}`)
    }
    this.#open = open
    this.#waitOf = waitOf
    this.#maxReconnects = maxReconnects
    this.#maxEventSize = maxEventSize
    this.#reconnection = new Reconnection(reconnectionTime, maxReconnectionTime, random)
    this.#lastEventId = lastEventId
    this.#parser = new SseParser(lastEventId, maxEventSize)
  }

  /** The last id that the server gave. Give it to a new stream to go on from there. */
  get lastEventId(): string {
    return this.#lastEventId
  }

  /** It has ended, or was closed. */
  get closed(): boolean {
    return this.#isClosed
  }

  /** What the server asks to wait before it is asked again, in ms. */
  get reconnectionTime(): number {
    return this.#reconnection.time
  }

  /**
   * The next event; connects again as often as that takes. Cancelled, it loses none.
   *
   * @throws {@link ClientResponseError} if the server refuses
   * @throws {@link ClientConnectionError} after `maxReconnects` failures
   * @throws {@link RuntimeError} if somebody else is waiting for the next event
   */
  next(): Coroutine<IteratorResult<ServerSentEvent, undefined>> {
    return next(this)
  }

  /** Ends it and closes its connection. What is left of a `for await` does so, too. */
  close(): void {
    this.#isClosed = true
    this.#events.clear()
    this.#response?.close()
    this.#response = null
    this.#reconnection.stop()
  }

  /** @internal What `for await` calls when it is left. */
  return(): Promise<IteratorResult<ServerSentEvent, undefined>> {
    this.close()
    return Promise.resolve({ done: true, value: undefined })
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    this.close()
    return Promise.resolve()
  }

  /** @internal The first connection: whatever keeps it from standing is thrown. */
  *_connect(): Generator<Suspension, void, unknown> {
    const response = yield* this.#ask()
    const error = this.#judge(response)
    if (error !== null) throw error
  }

  /** @internal */
  *_next(): Generator<Suspension, IteratorResult<ServerSentEvent, undefined>, unknown> {
    if (this.#isRunning) {
      throw new RuntimeError(
        'next() was called while another task waits for the next event: let one task take them',
        { code: 'ERR_HTTP_RECEIVING' },
      )
    }
    this.#isRunning = true
    try {
      while (this.#events.length === 0 && !this.#isClosed) {
        if (this.#response === null) yield* this.#reconnect()
        else yield* this.#read(this.#response)
      }
    } finally {
      this.#isRunning = false
    }
    if (this.#events.length === 0) return { done: true, value: undefined }
    return { done: false, value: this.#events.shift() }
  }

  *#read(response: ClientResponse): Generator<Suspension, void, unknown> {
    let bytes: Uint8Array
    try {
      bytes = yield* response.content.readAny()
    } catch (error) {
      if (this.#isClosed) return
      if (!isPassing(error)) throw error
      this.#leave(response, error)
      return
    }
    if (this.#isClosed) return
    if (bytes.length === 0) {
      this.#leave(response, null)
      return
    }
    this.#hasReceived = true
    try {
      for (const event of this.#parser.push(bytes)) {
        this.#events.push(event)
        this.#hasEvents = true
      }
    } catch (error) {
      this.close()
      throw error
    }
    this.#reconnection.failures = 0
    this.#lastEventId = this.#parser.lastEventId
    this.#reconnection.time = this.#parser.retry ?? this.#reconnection.time
  }

  *#reconnect(): Generator<Suspension, void, unknown> {
    yield* this.#reconnection.wait()
    if (this.#isClosed) return
    let error: Error
    let least = 0
    try {
      const response = yield* this.#ask()
      least = this.#waitOf(response) ?? 0
      const refusal = this.#judge(response)
      if (refusal === null) return
      if (!TRANSIENT.has(response.status)) {
        this.close()
        throw refusal
      }
      error = refusal
    } catch (caught) {
      if (!isPassing(caught)) throw caught
      error = caught
    }
    this.#fail(error, least)
  }

  #fail(error: Error, least: number): void {
    this.#reconnection.failures += 1
    if (this.#reconnection.failures > this.#maxReconnects) {
      this.close()
      throw error
    }
    this.#reconnection.plan(least)
  }

  *#ask(): Generator<Suspension, ClientResponse, unknown> {
    return yield* this.#open({
      accept: 'text/event-stream',
      'cache-control': 'no-store',
      // What a header holds are bytes; the id is UTF-8.
      ...(this.#lastEventId !== '' &&
        !UNSENDABLE.test(this.#lastEventId) && {
          'last-event-id': Buffer.from(this.#lastEventId, 'utf8').toString('latin1'),
        }),
    })
  }

  /** Takes an answer for the stream, or lets go of it; then it says why. */
  #judge(response: ClientResponse): Error | null {
    const { status, contentType } = response
    if (this.#isClosed) {
      response.close()
      return null
    }
    if (status === 200 && contentType === 'text/event-stream') {
      this.#response = response
      this.#hasReceived = false
      this.#hasEvents = false
      this.#parser = new SseParser(this.#lastEventId, this.#maxEventSize)
      return null
    }
    response.release()
    if (status === 204) {
      this.#isClosed = true
      return null
    }
    const { requestInfo, history, statusText, headers } = response
    const details = { requestInfo, history, status, statusText, headers }
    const at = response.url.href
    return status === 200
      ? new ContentTypeError(`expected text/event-stream from ${at}, got ${contentType}`, details)
      : new ClientResponseError(`${at} was answered by ${status} ${statusText}`.trim(), details)
  }

  /** A connection has ended, or broken by `error`; one over which nothing came is a failure. */
  #leave(response: ClientResponse, error: Error | null): void {
    response.close()
    this.#response = null
    if (this.#maxReconnects === 0) {
      this.#isClosed = true
      if (error !== null) throw error
    } else if (this.#hasReceived) {
      // `retry: 0` is no reason to ask all the time for nothing.
      this.#reconnection.plan(this.#hasEvents ? 0 : LEAST_BACKOFF)
    } else {
      const empty = `expected events from ${response.url.href}, got nothing before its end`
      this.#fail(error ?? new ClientConnectionError(empty), 0)
    }
  }
}

/** What may be gone when it is tried again. */
function isPassing(error: unknown): error is ClientConnectionError | ClientPayloadError {
  if (error instanceof ClientConnectorSSLError) return false
  if (error instanceof ServerFingerprintMismatch) return false
  return error instanceof ClientConnectionError || error instanceof ClientPayloadError
}

const next = coroutine(function* next(stream: EventStream) {
  return yield* stream._next()
})
