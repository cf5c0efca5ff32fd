import { type Coroutine, coroutine, type Future } from 'hocket'
import { ClientConnectionResetError } from '../errors/connection-errors.ts'
import type { ClientWebSocketResponse } from './client-websocket-response.ts'

/** A send waits for the network while there is more than this on its way. */
const MOST_UNSENT = 64 * 1024

export const send: (
  ws: ClientWebSocketResponse,
  data: string | Uint8Array | ArrayBuffer,
) => Coroutine<void> = coroutine(function* send(
  ws: ClientWebSocketResponse,
  data: string | Uint8Array | ArrayBuffer,
) {
  yield* hand(ws, (sent) => ws._socket.send(data, sent))
})

export const control: (
  ws: ClientWebSocketResponse,
  kind: 'ping' | 'pong',
  data: string | Uint8Array,
) => Coroutine<void> = coroutine(function* control(
  ws: ClientWebSocketResponse,
  kind: 'ping' | 'pong',
  data: string | Uint8Array,
) {
  yield* hand(ws, (sent) => ws._socket[kind](data, undefined, sent))
})

/** Hands something over to the network, all of it at once, and waits if that can't keep up. */
function* hand(ws: ClientWebSocketResponse, begin: (sent: (error?: Error) => void) => void) {
  ws._checkOpen()
  const outcome: { error: Error | undefined; waiter: Future<void> | null } = {
    error: undefined,
    waiter: null,
  }
  begin((error) => {
    const { waiter } = outcome
    outcome.error = error
    if (waiter !== null && !waiter.done() && !ws._loop.isClosed()) waiter.setResult()
  })
  if (ws._socket.bufferedAmount > MOST_UNSENT) {
    outcome.waiter = ws._loop.createFuture<void>()
    yield* outcome.waiter
  }
  if (outcome.error) {
    throw new ClientConnectionResetError('the connection was lost while sending', {
      cause: outcome.error,
    })
  }
}
