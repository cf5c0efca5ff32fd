import { Deque } from '../base/deque.ts'
import { BrokenResourceError, EndOfChannel, WouldBlock } from '../errors/primitives.ts'
import { LoopBound, Waiter, WaitList } from '../future/waiter.ts'

/** What `statistics()` of both ends of a channel gives. */
export interface MemoryChannelStatistics {
  readonly currentBufferUsed: number
  readonly maxBufferSize: number
  readonly openSendChannels: number
  readonly openReceiveChannels: number
  readonly tasksWaitingSend: number
  readonly tasksWaitingReceive: number
}

/** An end of a channel: what closes with it are its own waits. */
export type End = object

/** Who waits to send, with the item. */
export class Sender<T> extends Waiter {
  declare readonly item: T
  declare readonly end: End

  constructor(state: ChannelState<T>, item: T, end: End) {
    super(state)
    this.item = item
    this.end = end
  }
}

/** Who waits to receive; woken with the item. */
export class Receiver<T> extends Waiter<T> {
  declare readonly end: End

  constructor(state: ChannelState<T>, end: End) {
    super(state)
    this.end = end
  }
}

/**
 * What the two ends of a channel and their clones share. Where receivers wait, the buffer is empty;
 * where senders wait, it is full.
 */
export class ChannelState<T> extends LoopBound {
  declare readonly maxBufferSize: number
  declare readonly senders: WaitList
  declare readonly receivers: WaitList<T>
  declare openSends: number
  declare openReceives: number
  declare private readonly _buffer: Deque<T>
  // Handed to receivers that were cancelled before they went on: they are older than the buffer.
  declare private readonly _returned: Deque<T>

  constructor(maxBufferSize: number) {
    super()
    this.maxBufferSize = maxBufferSize
    this.senders = new WaitList()
    this.receivers = new WaitList()
    this.openSends = 0
    this.openReceives = 0
    this._buffer = new Deque()
    this._returned = new Deque()
  }

  /** True if `item` was handed to a receiver or put into the buffer. */
  offer(item: T): boolean {
    if (this.openReceives === 0) throw new BrokenResourceError()
    if (this.receivers.wakeNext(item)) return true
    if (this._buffer.length >= this.maxBufferSize) return false
    this._buffer.push(item)
    return true
  }

  hasItem(): boolean {
    return this._returned.length > 0 || this._buffer.length > 0 || this.senders.hasLive()
  }

  /** The oldest item. Its place in the buffer goes to the first who waits to send. */
  take(): T {
    if (this._returned.length > 0) return this._returned.shift()
    const sender = this.senders.takeNext() as Sender<T> | null
    if (sender !== null) {
      this._buffer.push(sender.item)
      sender.setResult(undefined)
    }
    if (this._buffer.length > 0) return this._buffer.shift()
    if (this.openSends === 0) throw new EndOfChannel()
    throw new WouldBlock('nothing is there to receive: await receive()')
  }

  /** A receiver that was woken with `item` can't take it: the next one gets it, or it waits in front. */
  giveBack(item: T): void {
    if (this.openReceives === 0 || this.receivers.wakeNext(item)) return
    this._returned.push(item)
  }

  closeSend(end: End, closed: () => Error): void {
    this.openSends -= 1
    fail(this.senders, (sender) => (sender as Sender<T>).end === end, closed)
    if (this.openSends === 0) fail(this.receivers, always, () => new EndOfChannel())
  }

  closeReceive(end: End, closed: () => Error): void {
    this.openReceives -= 1
    fail(this.receivers, (receiver) => (receiver as Receiver<T>).end === end, closed)
    if (this.openReceives > 0) return
    fail(this.senders, always, () => new BrokenResourceError())
    this._buffer.clear()
    this._returned.clear()
  }

  statistics(): MemoryChannelStatistics {
    return Object.freeze({
      currentBufferUsed: this._returned.length + this._buffer.length,
      maxBufferSize: this.maxBufferSize,
      openSendChannels: this.openSends,
      openReceiveChannels: this.openReceives,
      tasksWaitingSend: this.senders.countLive(),
      tasksWaitingReceive: this.receivers.countLive(),
    })
  }

  override toString(): string {
    const used = this._returned.length + this._buffer.length
    return `<memory channel ${used} of ${this.maxBufferSize} buffered, ${this.openSends} to send, ${this.openReceives} to receive>`
  }
}

const always = (): boolean => true

function fail<V>(
  list: WaitList<V>,
  isMeant: (waiter: Waiter<V>) => boolean,
  makeError: () => Error,
): void {
  for (const waiter of list) {
    if (!isMeant(waiter)) continue
    list.remove(waiter)
    if (!waiter.done()) waiter.setException(makeError())
  }
}
