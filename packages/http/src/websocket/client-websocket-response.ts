import { type Coroutine, coroutine, type EventLoop, getRunningLoop, type Suspension } from 'hocket'
import type { RawData, WebSocket } from 'ws'
import { ClientError } from '../errors/client-error.ts'
import { ClientConnectionResetError, SocketTimeoutError } from '../errors/connection-errors.ts'
import { checkClose, Ending } from './closing.ts'
import { Heartbeat } from './heartbeat.ts'
import { Inbox } from './inbox.ts'
import { bytesOf, MessageIterator } from './message-iterator.ts'
import { receive, receiveJson, receiveType } from './receiving.ts'
import { control, send } from './sending.ts'
import { WSCloseCode, type WSMessage, WSMessageOf, WSMsgType } from './ws-message.ts'

/** What `ws` closes with; everything else is an error of the protocol. */
const CODES: ReadonlyMap<string, number> = new Map([
  ['WS_ERR_UNSUPPORTED_MESSAGE_LENGTH', WSCloseCode.MESSAGE_TOO_BIG],
  ['WS_ERR_TOO_MANY_BUFFERED_PARTS', WSCloseCode.POLICY_VIOLATION],
  ['WS_ERR_INVALID_UTF8', WSCloseCode.INVALID_TEXT],
])

/** How a connection behaves. */
export interface WebSocketBehaviour {
  /** In ms; null for none. */
  readonly heartbeat: number | null
  readonly autoping: boolean
  /** In ms; null for ever. */
  readonly receiveTimeout: number | null
  /** How long `close()` waits for the other side, in ms; null for ever. */
  readonly closeTimeout: number | null
}

/**
 * A WebSocket that is open: what `session.wsConnect` gives. aiohttp.ClientWebSocketResponse.
 *
 * Messages are kept in order until somebody takes them; while there are too many the network is not
 * read, so the other side has to wait. A `receive()` that is cancelled or times out loses none.
 *
 * It is a resource: `await using ws = await session.wsConnect(url)`, `yield* use(session.wsConnect(url))`.
 */
export class ClientWebSocketResponse implements AsyncDisposable {
  /** Where it leads. */
  readonly url: URL
  /** The headers of the server's answer. */
  readonly headers: Headers
  /** The subprotocol that the server chose; null without. */
  readonly protocol: string | null
  /** Messages may be compressed. */
  readonly compress: boolean
  /** @internal */ readonly _socket: WebSocket
  /** @internal */ readonly _loop: EventLoop
  readonly #behaviour: WebSocketBehaviour
  readonly #heartbeat: Heartbeat | null
  readonly #inbox: Inbox
  readonly #ending: Ending
  /** `close()` was called: what comes from now on is for nobody. */
  #isClosing = false
  #isClosed = false
  #closeCode: number | null = null
  #exception: Error | null = null

  /** @internal `socket` is open, and nobody has read from it. */
  constructor(socket: WebSocket, url: URL, headers: Headers, behaviour: WebSocketBehaviour) {
    this.url = url
    this.headers = headers
    this.protocol = socket.protocol === '' ? null : socket.protocol
    this.compress = socket.extensions.includes('permessage-deflate')
    this._socket = socket
    this._loop = getRunningLoop()
    this.#behaviour = behaviour
    this.#ending = new Ending(this._loop)
    this.#inbox = new Inbox(this._loop, (isPaused) => this.#setPaused(isPaused))
    const { heartbeat } = behaviour
    this.#heartbeat =
      heartbeat === null
        ? null
        : new Heartbeat(this._loop, heartbeat, {
            ping: () => {
              if (this.#socketIsOpen) socket.ping()
            },
            stop: () => this.#giveUp(heartbeat),
          })
    this.#listen()
    this.#heartbeat?.start()
    // It may have broken before anybody listened.
    if (socket.readyState === socket.CLOSED) this.#end(WSCloseCode.ABNORMAL_CLOSURE, '')
    else socket.resume()
  }

  /** It was closed by `close()`, or its end was received. */
  get closed(): boolean {
    return this.#isClosed
  }

  /** Why it is closed, see {@link WSCloseCode}; null while it is not. */
  get closeCode(): number | null {
    return this.#closeCode
  }

  /** What it broke by; null if nothing has. */
  exception(): Error | null {
    return this.#exception
  }

  /**
   * The next message. Pings are answered and pongs taken by themselves (`autoping`). When the other
   * side closes, that is a message of type CLOSE; from then on, and after `close()`, it is CLOSED.
   *
   * Cancelling it, or the end of `receiveTimeout` ms (of the options, or as given), loses nothing.
   *
   * @throws {@link TimeoutError} if nothing comes in time
   * @throws {@link RuntimeError} if somebody else is receiving
   */
  receive(receiveTimeout: number | null = this.#behaviour.receiveTimeout): Coroutine<WSMessage> {
    return receive(this, receiveTimeout)
  }

  /**
   * The next message, which has to be text. @throws {@link TypeError} if it is something else, such as
   * the end
   */
  receiveStr(receiveTimeout?: number | null): Coroutine<string> {
    return receiveType(this, WSMsgType.TEXT, receiveTimeout) as Coroutine<string>
  }

  /**
   * The next message, which has to be bytes. @throws {@link TypeError} if it is something else, such as
   * the end
   */
  receiveBytes(receiveTimeout?: number | null): Coroutine<Uint8Array> {
    return receiveType(this, WSMsgType.BINARY, receiveTimeout) as Coroutine<Uint8Array>
  }

  /**
   * The next message, which has to be text, as JSON.
   *
   * @throws {@link SyntaxError} if it is no JSON
   * @throws {@link TypeError} if it is no text
   */
  receiveJson<J = unknown>(receiveTimeout?: number | null): Coroutine<J> {
    return receiveJson(this, receiveTimeout) as Coroutine<J>
  }

  /**
   * Sends text; waits while the network can't keep up. A message is sent whole or not at all: cancelled,
   * it has gone on its way.
   *
   * @throws {@link ClientConnectionResetError} if the connection is closed
   */
  sendStr(text: string): Coroutine<void> {
    if (typeof text !== 'string')
      throw new TypeError(`sendStr expected a string, got ${typeof text}`)
    return send(this, text)
  }

  /** Sends bytes; otherwise as `sendStr`. They must not change before it ends. */
  sendBytes(bytes: Uint8Array | ArrayBuffer): Coroutine<void> {
    if (!(bytes instanceof Uint8Array) && !(bytes instanceof ArrayBuffer)) {
      throw new TypeError(`sendBytes expected bytes, got ${typeof bytes}`)
    }
    return send(this, bytes)
  }

  /** Sends a value as JSON; otherwise as `sendStr`. */
  sendJson(value: unknown): Coroutine<void> {
    const text = JSON.stringify(value) as string | undefined
    if (text === undefined) throw new TypeError('sendJson expected a value that JSON can hold')
    return send(this, text)
  }

  /** Sends a ping with at most 125 bytes. @throws {@link ClientConnectionResetError} if it is closed */
  ping(data: string | Uint8Array = ''): Coroutine<void> {
    return control(this, 'ping', data)
  }

  /** Sends a pong with at most 125 bytes. @throws {@link ClientConnectionResetError} if it is closed */
  pong(data: string | Uint8Array = ''): Coroutine<void> {
    return control(this, 'pong', data)
  }

  /**
   * Closes it: says so, and waits until the other side has agreed, for `closeTimeout` ms at most; then,
   * and if it is cancelled, the connection is cut. What was not received is dropped. False if it was
   * closed already.
   *
   * @throws {@link RangeError} if the code can't be sent, or the reason is longer than 123 bytes
   */
  close(code: number = WSCloseCode.OK, reason = ''): Coroutine<boolean> {
    checkClose(code, reason)
    return close(this, code, reason)
  }

  /** Cuts the connection, without a word. */
  terminate(): void {
    this.#isClosing = true
    this.#inbox.shut()
    this._socket.terminate()
  }

  /** The messages up to the end, which is not one of them; an error is. */
  [Symbol.asyncIterator](): MessageIterator {
    return new MessageIterator(this)
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return dispose(this)
  }

  toString(): string {
    return `<ClientWebSocketResponse ${this.url.href}${this.#isClosed ? ' closed' : ''}>`
  }

  /** @internal Called back when there will be no more. */
  _onEnd(callback: () => void): void {
    this._socket.once('close', callback)
  }

  /** @internal */
  *_receive(): Generator<Suspension, WSMessage, unknown> {
    const message = yield* this.#inbox.receive()
    if (message.type === WSMsgType.CLOSE || message.type === WSMsgType.CLOSED) this.#isClosed = true
    return message
  }

  /** @internal */
  *_close(code: number, reason: string): Generator<Suspension, boolean, unknown> {
    if (this.#isClosed) return false
    const isFirst = !this.#isClosing
    this.#isClosing = true
    this.#inbox.shut()
    try {
      if (isFirst) this._socket.close(code, reason)
      const late = yield* this.#ending.wait(this._socket, this.#behaviour.closeTimeout)
      if (late !== null) {
        this.#exception = late
        this.#closeCode = WSCloseCode.ABNORMAL_CLOSURE
      }
    } finally {
      this.#isClosed = true
    }
    return isFirst
  }

  /** @internal @throws {@link ClientConnectionResetError} if nothing can be sent */
  _checkOpen(): void {
    if (this.#socketIsOpen && !this.#isClosing) return
    throw new ClientConnectionResetError(
      `the WebSocket to ${this.url.host} is closed${this.#closeCode === null ? '' : ` (${this.#closeCode})`}: nothing can be sent`,
      this.#exception === null ? {} : { cause: this.#exception },
    )
  }

  get #socketIsOpen(): boolean {
    return this._socket.readyState === this._socket.OPEN
  }

  #listen(): void {
    const socket = this._socket
    const { autoping } = this.#behaviour
    const heartbeat = this.#heartbeat
    socket.on('message', (data: RawData, isBinary: boolean) => {
      heartbeat?.touch()
      this.#inbox.push(
        isBinary
          ? new WSMessageOf(WSMsgType.BINARY, bytesOf(data), null)
          : new WSMessageOf(WSMsgType.TEXT, (data as Buffer).toString(), null),
      )
    })
    socket.on('ping', (data: Buffer) => {
      heartbeat?.touch()
      if (!autoping) this.#inbox.push(new WSMessageOf(WSMsgType.PING, data, null))
    })
    socket.on('pong', (data: Buffer) => {
      heartbeat?.touch()
      if (!autoping) this.#inbox.push(new WSMessageOf(WSMsgType.PONG, data, null))
    })
    socket.on('error', (error: Error) => this.#fail(error))
    socket.on('close', (code: number, reason: Buffer) => this.#end(code, String(reason)))
  }

  #setPaused(isPaused: boolean): void {
    if (isPaused) this._socket.pause()
    else this._socket.resume()
    if (this.#heartbeat !== null) this.#heartbeat.isReading = !isPaused
  }

  /** The other side has broken the protocol; `ws` closes the connection by itself. */
  #fail(error: Error): void {
    const wrapped = new ClientError(`the WebSocket to ${this.url.host} failed: ${error.message}`, {
      code: 'ERR_HTTP_WEBSOCKET',
      cause: error,
    })
    this.#exception ??= wrapped
    this.#closeCode ??=
      CODES.get((error as NodeJS.ErrnoException).code ?? '') ?? WSCloseCode.PROTOCOL_ERROR
    this.#inbox.push(new WSMessageOf(WSMsgType.ERROR, wrapped, null))
  }

  #giveUp(heartbeat: number): void {
    const error = new SocketTimeoutError(
      `no answer to a ping within ${heartbeat / 2} ms: the connection is given up`,
    )
    this.#exception ??= error
    this.#inbox.push(new WSMessageOf(WSMsgType.ERROR, error, null))
    this._socket.terminate()
  }

  #end(code: number, reason: string): void {
    this.#closeCode ??= code
    this.#heartbeat?.stop()
    // A connection that just broke has nothing to say; there was a CLOSE frame otherwise.
    if (code !== WSCloseCode.ABNORMAL_CLOSURE && this.#exception === null) {
      this.#inbox.push(new WSMessageOf(WSMsgType.CLOSE, code, reason))
    }
    this.#inbox.end()
    this.#ending.come()
  }
}

const close = coroutine(function* close(ws: ClientWebSocketResponse, code: number, reason: string) {
  return yield* ws._close(code, reason)
})

const dispose = coroutine(function* dispose(ws: ClientWebSocketResponse) {
  yield* ws._close(WSCloseCode.OK, '')
})
