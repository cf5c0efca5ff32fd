import type { EventLoop } from 'hocket'
import type { Exchange } from '../connector/exchange.ts'

interface Open {
  readonly exchange: Exchange
  readonly loop: EventLoop
}

/**
 * Answers whose body has not come to its end when they are handed out: one that is forgotten would
 * keep its connection for ever. Most bodies are whole by then, and nothing has to be watched.
 */
const open = new FinalizationRegistry<Open>(({ exchange, loop }) => {
  if (exchange.isDone) return
  const { method, target } = exchange
  exchange.abort()
  if (loop.isClosed()) return
  loop.callExceptionHandler({
    message: `the response to ${method} ${target.shown} was forgotten without close(): use await using, or yield* use()`,
  })
})

export function watch(response: object, exchange: Exchange, loop: EventLoop): void {
  open.register(response, { exchange, loop }, exchange)
}

export function unwatch(exchange: Exchange): void {
  open.unregister(exchange)
}
