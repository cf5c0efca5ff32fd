import type { EventLoop, TimerHandle } from 'hocket'
import { SocketTimeoutError } from '../errors/connection-errors.ts'

/** What is watched. */
export interface Watched {
  /** The server is held back by us: then it is not silent. */
  readonly isPaused: boolean
  readonly target: { readonly origin: string }
  expire(error: Error): void
}

/**
 * `sockRead` of a request: ends it when nothing has come for so long. The timer looks when it is due:
 * moving it with each piece would cost more than the piece.
 */
export class SilenceWatch {
  declare private readonly _watched: Watched
  declare private readonly _loop: EventLoop
  declare private readonly _limit: number
  declare private _lastNews: number
  declare private _timer: TimerHandle | null

  constructor(watched: Watched, loop: EventLoop, limit: number) {
    this._watched = watched
    this._loop = loop
    this._limit = limit
    this._lastNews = loop.time()
    this._timer = loop.callLater(limit, look, this)
  }

  /** Something has gone to the server, or come from it. */
  touch(): void {
    this._lastNews = this._loop.time()
  }

  stop(): void {
    this._timer?.cancel()
    this._timer = null
  }

  /** @internal */
  _look(): void {
    const { origin } = this._watched.target
    const silence = this._watched.isPaused ? 0 : this._loop.time() - this._lastNews
    if (silence < this._limit) {
      this._timer = this._loop.callLater(this._limit - silence, look, this)
      return
    }
    this._timer = null
    this._watched.expire(
      new SocketTimeoutError(
        `expected something from ${origin} within ${this._limit} ms (sockRead), got nothing`,
      ),
    )
  }
}

function look(watch: SilenceWatch): void {
  watch._look()
}
