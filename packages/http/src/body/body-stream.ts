import { RuntimeError } from 'hocket'
import { giveBack } from '../base/read-buffers.ts'
import { NewsWaiter } from '../base/unbound.ts'

/** Where the bytes come from. */
export interface BodySource {
  pauseReading(): void
  resumeReading(): void
  /** What a wait for it is called. */
  describe(): string
}

/** Takes bytes as they come, in place of a coroutine that reads. */
export interface BodyFlow {
  /** There are some, or the end has come. */
  onBytes(): void
}

// Pausing costs more than memory: a large file comes a fifth faster than with a quarter of this.
const HIGH_WATER = 512 * 1024
const LOW_WATER = 256 * 1024
const NOTHING = new Uint8Array(0)

/**
 * The bytes of a body between the connection, which feeds it, and who reads. Nothing is copied on the
 * way in; pieces leave as views where they can. The source is paused while more is here than anybody
 * has asked for.
 */
export class BodyStream {
  /** Bytes that are here and not read. */
  declare size: number
  /** Bytes that have come so far. */
  declare received: number
  /** Nothing more will come. */
  declare isEnded: boolean
  /** Why nothing more will come; thrown when what is here has been read. */
  declare failure: Error | null
  /** Nobody will read it: what comes is dropped. */
  declare isDiscarded: boolean
  /** Who waited for it last was cancelled. */
  declare isLeft: boolean
  declare private _source: BodySource
  declare private _chunks: Uint8Array[]
  // The chunks before this one have left, and so many bytes of it.
  declare private _first: number
  declare private _offset: number
  // Somebody has a view of the first one.
  declare private _isShared: boolean
  declare private _waiter: NewsWaiter | null
  declare private _wanted: number
  declare private _isPaused: boolean
  declare private _flow: BodyFlow | null

  constructor(source: BodySource) {
    this.size = 0
    this.received = 0
    this.isEnded = false
    this.failure = null
    this.isDiscarded = false
    this.isLeft = false
    this._source = source
    this._chunks = []
    this._first = 0
    this._offset = 0
    this._isShared = false
    this._waiter = null
    this._wanted = 0
    this._isPaused = false
    this._flow = null
  }

  describe(): string {
    return this._source.describe()
  }

  /** `flow` takes all that comes, beginning with what is here. */
  flow(flow: BodyFlow): void {
    this._flow = flow
    flow.onBytes()
  }

  /** A chunk, which is the stream's from now on. False: the source shall pause. */
  feed(chunk: Uint8Array): boolean {
    this.received += chunk.length
    if (this.isDiscarded || chunk.length === 0) return true
    this._chunks.push(chunk)
    this.size += chunk.length
    this._flow?.onBytes()
    if (this._waiter !== null) {
      if (this.size < this._wanted) return true
      this._wake()
    }
    if (this.size <= HIGH_WATER) return true
    this._isPaused = true
    return false
  }

  end(): void {
    if (this.isEnded) return
    this.isEnded = true
    this._flow?.onBytes()
    this._wake()
  }

  fail(error: Error): void {
    if (this.isEnded) return
    this.failure = error
    this.end()
  }

  discard(): void {
    this.isDiscarded = true
    this._chunks = []
    this._first = 0
    this._offset = 0
    this.size = 0
    this._resume()
  }

  /**
   * Waits for `wanted` bytes, or the end.
   *
   * @throws {@link RuntimeError} if another coroutine waits
   */
  wait(wanted: number): NewsWaiter {
    if (this._waiter !== null) {
      throw new RuntimeError(
        `${this._source.describe()} is read by another coroutine already: let one read, or take turns by a Lock`,
      )
    }
    this._wanted = wanted
    this.isLeft = false
    this._waiter = new NewsWaiter(this._source)
    this._resume()
    return this._waiter
  }

  /** `waiter` has given up; it may have been woken. */
  leave(waiter: unknown): void {
    this.isLeft = true
    if (this._waiter === waiter) this._waiter = null
  }

  /** The first piece as it came, at most `most` bytes of it; there must be one. */
  takePiece(most: number): Uint8Array {
    const chunk = this._chunks[this._first] as Uint8Array
    const start = this._offset
    const left = chunk.length - start
    const count = left < most ? left : most
    this.size -= count
    if (count === left) this._dropFirst()
    else {
      this._offset += count
      this._isShared = true
    }
    this._taken()
    return count === chunk.length ? chunk : chunk.subarray(start, start + count)
  }

  /** The first `count` bytes, which must be there; copied only where they came in several pieces. */
  take(count: number): Uint8Array {
    if (count === 0) return NOTHING
    const chunk = this._chunks[this._first] as Uint8Array
    if (chunk.length - this._offset >= count) return this.takePiece(count)
    const whole = Buffer.allocUnsafeSlow(count)
    this.takeInto(whole)
    return whole
  }

  /** Copies into `target` what is here, as far as there is room; gives the number of bytes. */
  takeInto(target: Uint8Array): number {
    const count = this.size < target.length ? this.size : target.length
    let filled = 0
    while (filled < count) {
      const chunk = this._chunks[this._first] as Uint8Array
      const start = this._offset
      const end = Math.min(chunk.length, start + count - filled)
      const isWhole = start === 0 && end === chunk.length
      target.set(isWhole ? chunk : chunk.subarray(start, end), filled)
      filled += end - start
      if (end < chunk.length) this._offset = end
      else {
        if (!this._isShared) giveBack(chunk)
        this._dropFirst()
      }
    }
    this.size -= count
    this._taken()
    return count
  }

  /** Where `wanted` begins at or after `from`; -1 if nowhere in what is here. */
  find(wanted: Uint8Array, from: number): number {
    const last = this.size - wanted.length
    let index = this._first
    let start = -this._offset
    for (; index < this._chunks.length && start <= last; index += 1) {
      const chunk = this._chunks[index] as Uint8Array
      let at = chunk.indexOf(wanted[0] as number, Math.max(0, Math.max(from, 0) - start))
      while (at >= 0 && start + at <= last) {
        if (start + at >= from && this._matches(wanted, index, at)) return start + at
        at = chunk.indexOf(wanted[0] as number, at + 1)
      }
      start += chunk.length
    }
    return -1
  }

  private _matches(wanted: Uint8Array, index: number, at: number): boolean {
    let next = index
    let place = at
    for (const byte of wanted) {
      while (place === (this._chunks[next] as Uint8Array).length) {
        next += 1
        place = 0
      }
      if ((this._chunks[next] as Uint8Array)[place] !== byte) return false
      place += 1
    }
    return true
  }

  private _dropFirst(): void {
    this._chunks[this._first] = NOTHING
    this._first += 1
    this._offset = 0
    this._isShared = false
    if (this._first === this._chunks.length) {
      this._chunks.length = 0
      this._first = 0
    } else if (this._first >= 64 && this._first * 2 > this._chunks.length) {
      this._chunks.splice(0, this._first)
      this._first = 0
    }
  }

  private _taken(): void {
    if (this._isPaused && this.size <= LOW_WATER) this._resume()
  }

  private _resume(): void {
    if (!this._isPaused) return
    this._isPaused = false
    this._source.resumeReading()
  }

  private _wake(): void {
    const waiter = this._waiter
    this._waiter = null
    waiter?.wake()
  }
}
