import type { Coroutine } from '../coroutine/coroutine.ts'
import { Operation, type pending } from '../coroutine/operation.ts'
import { ClosedResourceError, EndOfChannel, WouldBlock } from '../errors/primitives.ts'
import { checkLimit } from '../sync/checks.ts'
import { ChannelState, type MemoryChannelStatistics, Receiver, Sender } from './channel-state.ts'
import { iterateUntil } from './iterate-until.ts'

class Send<T> extends Operation<void> {
  declare private readonly _channel: MemorySendChannel<T>
  declare private readonly _item: T

  constructor(channel: MemorySendChannel<T>, item: T) {
    super()
    this._channel = channel
    this._item = item
  }

  get name(): string {
    return 'MemorySendChannel.send'
  }

  begin(): undefined | typeof pending {
    const channel = this._channel
    const state = channel._state
    channel._checkOpen()
    if (state.offer(this._item)) return
    const sender = new Sender(state, this._item, channel)
    state.senders.push(sender)
    return this.waitFor(sender)
  }

  goOn(): void {}

  giveUp(sender: Sender<T>): void {
    this._channel._state.senders.leave(sender)
  }
}

class Receive<T> extends Operation<T> {
  declare private readonly _channel: MemoryReceiveChannel<T>

  constructor(channel: MemoryReceiveChannel<T>) {
    super()
    this._channel = channel
  }

  get name(): string {
    return 'MemoryReceiveChannel.receive'
  }

  begin(): T | typeof pending {
    const channel = this._channel
    const state = channel._state
    channel._checkOpen()
    if (state.hasItem() || state.openSends === 0) return state.take()
    const receiver = new Receiver(state, channel)
    state.receivers.push(receiver)
    return this.waitFor(receiver)
  }

  goOn(receiver: Receiver<T>): T {
    return receiver.result()
  }

  giveUp(receiver: Receiver<T>): void {
    const state = this._channel._state
    state.receivers.leave(receiver)
    if (receiver.isWoken()) state.giveBack(receiver.result())
  }
}

/** The end of a channel at which items are sent. Made by {@link openMemoryChannel} and `clone()`. */
export class MemorySendChannel<T> implements Disposable, AsyncDisposable {
  /** @internal */ declare readonly _state: ChannelState<T>
  declare private _isClosed: boolean

  /** @internal */
  constructor(state: ChannelState<T>) {
    this._state = state
    this._isClosed = false
    state.openSends += 1
  }

  /**
   * Sends `item`: to the first who waits to receive, or into the buffer, or it waits until one of
   * these is possible. Senders wait in order. Cancelled while it waits, the item is not sent; but if
   * the cancellation comes after the item was received and before this task has gone on, it is.
   *
   * @throws {@link ClosedResourceError} if this end is closed, also while it waits
   * @throws {@link BrokenResourceError} if every receive channel is closed, also while it waits
   * @throws {@link RuntimeError} if it has to wait and the channel is bound to a different event loop
   */
  send(item: T): Coroutine<void> {
    return new Send(this, item)
  }

  /**
   * Sends `item` if that is possible at once.
   *
   * @throws {@link WouldBlock} if nobody waits to receive and there is no room in the buffer
   * @throws {@link ClosedResourceError} if this end is closed
   * @throws {@link BrokenResourceError} if every receive channel is closed
   */
  sendNowait(item: T): void {
    this._checkOpen()
    if (!this._state.offer(item)) {
      throw new WouldBlock('nobody waits to receive and the buffer is full: await send(item)')
    }
  }

  /**
   * Another end of the same channel, to be closed by itself.
   *
   * @throws {@link ClosedResourceError} if this end is closed
   */
  clone(): MemorySendChannel<T> {
    this._checkOpen()
    return new MemorySendChannel(this._state)
  }

  /**
   * Closes this end; who waits at it gets a {@link ClosedResourceError}. With the last one, receiving
   * ends when the buffer is empty. Closing it again does nothing.
   */
  close(): void {
    if (this._isClosed) return
    this._isClosed = true
    this._state.closeSend(this, closed)
  }

  statistics(): MemoryChannelStatistics {
    return this._state.statistics()
  }

  /** For `using`: `close()`. */
  [Symbol.dispose](): void {
    this.close()
  }

  /** For `await using` and `use()`: `close()`. */
  [Symbol.asyncDispose](): PromiseLike<void> {
    this.close()
    return nothing
  }

  /** @internal */
  _checkOpen(): void {
    if (this._isClosed) throw closed()
  }
}

/** The end of a channel at which items are received. Made by {@link openMemoryChannel} and `clone()`. */
export class MemoryReceiveChannel<T> implements AsyncIterable<T>, Disposable, AsyncDisposable {
  /** @internal */ declare readonly _state: ChannelState<T>
  declare private _isClosed: boolean

  /** @internal */
  constructor(state: ChannelState<T>) {
    this._state = state
    this._isClosed = false
    state.openReceives += 1
  }

  /**
   * Receives the next item; waits until there is one. Receivers wait in order, and each item goes to
   * one of them. A receiver that is cancelled takes nothing; an item that was handed to it already
   * goes to the next one.
   *
   * @throws {@link EndOfChannel} if every send channel is closed and nothing is left
   * @throws {@link ClosedResourceError} if this end is closed, also while it waits
   * @throws {@link RuntimeError} if it has to wait and the channel is bound to a different event loop
   */
  receive(): Coroutine<T> {
    return new Receive(this)
  }

  /**
   * Receives the next item if there is one.
   *
   * @throws {@link WouldBlock} if there is none
   * @throws {@link EndOfChannel} if there is none and every send channel is closed
   * @throws {@link ClosedResourceError} if this end is closed
   */
  receiveNowait(): T {
    this._checkOpen()
    return this._state.take()
  }

  /**
   * Another end of the same channel, to be closed by itself. Each item is received at one of them.
   *
   * @throws {@link ClosedResourceError} if this end is closed
   */
  clone(): MemoryReceiveChannel<T> {
    this._checkOpen()
    return new MemoryReceiveChannel(this._state)
  }

  /**
   * Closes this end; who waits at it gets a {@link ClosedResourceError}. With the last one, what is in
   * the buffer is dropped, and sending throws {@link BrokenResourceError}. Closing it again does
   * nothing.
   */
  close(): void {
    if (this._isClosed) return
    this._isClosed = true
    this._state.closeReceive(this, closed)
  }

  statistics(): MemoryChannelStatistics {
    return this._state.statistics()
  }

  /** Receives item after item, until every send channel is closed and nothing is left. */
  [Symbol.asyncIterator](): AsyncIterableIterator<T> {
    return iterateUntil(EndOfChannel, () => this.receive())
  }

  /** For `using`: `close()`. */
  [Symbol.dispose](): void {
    this.close()
  }

  /** For `await using` and `use()`: `close()`. */
  [Symbol.asyncDispose](): PromiseLike<void> {
    this.close()
    return nothing
  }

  /** @internal */
  _checkOpen(): void {
    if (this._isClosed) throw closed()
  }
}

// No promise: the generator that closes an end would have to wait for it, for one iteration.
const nothing = undefined as unknown as PromiseLike<void>

const closed = (): Error =>
  new ClosedResourceError('this end of the channel is closed: make a clone() for each user')

/**
 * A channel between tasks: what is sent at one end is received at the other, in order. Each end can be
 * cloned, and is open until its last clone is closed. trio.open_memory_channel,
 * anyio.create_memory_object_stream.
 *
 * `maxBufferSize` items may be on the way; with 0 the sender waits until somebody receives, with
 * Infinity it never waits.
 *
 * @throws {@link RangeError} if `maxBufferSize` is negative or not whole; Infinity is fine
 * @throws {@link TypeError} if it is no number
 *
 * @example
 * ```ts
 * const seen = await run(async () => {
 *   const [sender, receiver] = openMemoryChannel<string>()
 *   const task = createTask(async () => {
 *     using _sender = sender
 *     for (const word of ['to', 'be']) await sender.send(word)
 *   })
 *   const seen: string[] = []
 *   for await (const word of receiver) seen.push(word)
 *   await task
 *   return seen
 * })
 * seen // => ['to', 'be']
 * ```
 */
export function openMemoryChannel<T>(
  maxBufferSize = 0,
): [MemorySendChannel<T>, MemoryReceiveChannel<T>] {
  checkLimit(maxBufferSize, 0, 'the maxBufferSize of a channel')
  const state = new ChannelState<T>(maxBufferSize)
  return [new MemorySendChannel(state), new MemoryReceiveChannel(state)]
}
