import type { EventLoop, TimerHandle } from 'hocket'
import { ServerTimeoutError } from '../errors/connection-errors.ts'
import type { Exchange } from './exchange.ts'

/**
 * `total` of a request: one timer over all its exchanges, up to the end of the last one's body. It
 * ends the exchange that is under way, and needs no scope, since all that the session waits for is
 * an exchange.
 */
export class Deadline {
  declare private readonly _delay: number
  declare private readonly _total: number
  declare private _timer: TimerHandle | null
  declare private _exchange: Exchange | null
  // The answer is out: when its body has ended, so has the request.
  declare private _isDelivered: boolean
  declare private _isOver: boolean

  /** Rings after `delay` ms; `total` is what errors say. */
  constructor(delay: number, total: number = delay) {
    this._delay = delay
    this._total = total
    this._timer = null
    this._exchange = null
    this._isDelivered = false
    this._isOver = false
  }

  /** `exchange` is under way. */
  follow(exchange: Exchange, loop: EventLoop): void {
    this._exchange = exchange
    // It may have rung between two exchanges.
    if (this._isOver) this._ring()
    else this._timer ??= loop.callLater(this._delay, ring, this)
  }

  /** `exchange` is over. */
  leave(exchange: Exchange): void {
    if (this._exchange !== exchange) return
    this._exchange = null
    if (this._isDelivered) this.cancel()
  }

  /** The request has its answer. */
  deliver(): void {
    this._isDelivered = true
    if (this._exchange === null) this.cancel()
  }

  /** The same for an answer whose headers came in a scope with a timeout of its own. */
  deliverLate(exchange: Exchange, loop: EventLoop): void {
    this._isDelivered = true
    exchange.followBy(this)
    this.follow(exchange, loop)
  }

  cancel(): void {
    this._timer?.cancel()
    this._timer = null
  }

  /** @internal */
  _ring(): void {
    this._timer = null
    this._isOver = true
    this._exchange?.expire(
      new ServerTimeoutError(`the request did not end within ${this._total} ms (total)`),
    )
  }
}

function ring(deadline: Deadline): void {
  deadline._ring()
}
