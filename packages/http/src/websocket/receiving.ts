import { type Coroutine, coroutine, timeout } from 'hocket'
import type { ClientWebSocketResponse } from './client-websocket-response.ts'
import { nameOf, type WSMessage, WSMsgType } from './ws-message.ts'

export const receive: (
  ws: ClientWebSocketResponse,
  receiveTimeout: number | null,
) => Coroutine<WSMessage> = coroutine(function* receive(
  ws: ClientWebSocketResponse,
  receiveTimeout: number | null,
) {
  if (receiveTimeout === null) return yield* ws._receive()
  return yield* timeout(receiveTimeout, () => ws._receive())
})

/** The next message, which has to be of this type. */
export const receiveType: (
  ws: ClientWebSocketResponse,
  type: typeof WSMsgType.TEXT | typeof WSMsgType.BINARY,
  receiveTimeout: number | null | undefined,
) => Coroutine<unknown> = coroutine(function* receive(
  ws: ClientWebSocketResponse,
  type: typeof WSMsgType.TEXT | typeof WSMsgType.BINARY,
  receiveTimeout: number | null | undefined,
) {
  const message = yield* ws.receive(receiveTimeout)
  if (message.type === type) return message.data
  throw new TypeError(
    `expected a message of type ${nameOf(type)}, got ${nameOf(message.type)}${message.type === WSMsgType.CLOSE ? ` (${message.data})` : ''}`,
  )
})

export const receiveJson: (
  ws: ClientWebSocketResponse,
  receiveTimeout: number | null | undefined,
) => Coroutine<unknown> = coroutine(function* receiveJson(
  ws: ClientWebSocketResponse,
  receiveTimeout: number | null | undefined,
) {
  return JSON.parse(yield* ws.receiveStr(receiveTimeout)) as unknown
})
