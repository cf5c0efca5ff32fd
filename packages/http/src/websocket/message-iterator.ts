import { type Coroutine, coroutine } from 'hocket'
import type { RawData } from 'ws'
import type { ClientWebSocketResponse } from './client-websocket-response.ts'
import { type WSMessage, WSMsgType } from './ws-message.ts'

const ENDS: ReadonlySet<WSMsgType> = new Set([WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED])

/** The messages of a WebSocket; leaving the loop leaves the WebSocket open. */
export class MessageIterator {
  readonly #ws: ClientWebSocketResponse

  constructor(ws: ClientWebSocketResponse) {
    this.#ws = ws
  }

  /** Fails as `receive()` does, and loses as little when it is cancelled. */
  next(): Coroutine<IteratorResult<WSMessage, undefined>> {
    return next(this.#ws)
  }

  [Symbol.asyncIterator](): this {
    return this
  }
}

const next = coroutine(function* next(
  ws: ClientWebSocketResponse,
): Generator<never, IteratorResult<WSMessage, undefined>, never> {
  const message = yield* ws.receive() as Iterable<never, WSMessage, never>
  return ENDS.has(message.type) ? { done: true, value: undefined } : { done: false, value: message }
})

export function bytesOf(data: RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}
