import { brand } from './brand.ts'
import { HocketError, RuntimeError } from './errors.ts'

interface Options {
  code?: string
  cause?: unknown
}

/** `getNowait()` of a queue that is empty. asyncio.QueueEmpty. */
export class QueueEmpty extends HocketError {
  constructor(
    message = 'the queue is empty: await get(), or ask empty() first',
    options: Options = {},
  ) {
    super(message, { code: 'ERR_QUEUE_EMPTY', ...options })
  }
}
brand(QueueEmpty, 'QueueEmpty')

/** `putNowait()` into a queue that is full. asyncio.QueueFull. */
export class QueueFull extends HocketError {
  constructor(
    message = 'the queue is full: await put(item), or ask full() first',
    options: Options = {},
  ) {
    super(message, { code: 'ERR_QUEUE_FULL', ...options })
  }
}
brand(QueueFull, 'QueueFull')

/** The queue was shut down: nothing can be put, or nothing is left to get. asyncio.QueueShutDown. */
export class QueueShutDown extends HocketError {
  constructor(message = 'the queue was shut down', options: Options = {}) {
    super(message, { code: 'ERR_QUEUE_SHUT_DOWN', ...options })
  }
}
brand(QueueShutDown, 'QueueShutDown')

/** The barrier was aborted, or reset while this task waited. asyncio.BrokenBarrierError. */
export class BrokenBarrierError extends RuntimeError {
  constructor(message = 'the barrier is broken', options: Options = {}) {
    super(message, { code: 'ERR_BROKEN_BARRIER', ...options })
  }
}
brand(BrokenBarrierError, 'BrokenBarrierError')

/** A `…Nowait()` method would have to wait. trio.WouldBlock, anyio.WouldBlock. */
export class WouldBlock extends HocketError {
  constructor(
    message = 'it is not possible without waiting: await the method without Nowait',
    options: Options = {},
  ) {
    super(message, { code: 'ERR_WOULD_BLOCK', ...options })
  }
}
brand(WouldBlock, 'WouldBlock')

/** The other end of a channel is gone: nobody will ever receive this. trio.BrokenResourceError. */
export class BrokenResourceError extends HocketError {
  constructor(
    message = 'every receive channel is closed: nobody will ever receive what is sent',
    options: Options = {},
  ) {
    super(message, { code: 'ERR_BROKEN_RESOURCE', ...options })
  }
}
brand(BrokenResourceError, 'BrokenResourceError')

/** This end of a channel was closed by its own side. trio.ClosedResourceError. */
export class ClosedResourceError extends HocketError {
  constructor(message = 'this channel is closed', options: Options = {}) {
    super(message, { code: 'ERR_CLOSED_RESOURCE', ...options })
  }
}
brand(ClosedResourceError, 'ClosedResourceError')

/** Every send channel is closed, and everything sent has been received. trio.EndOfChannel. */
export class EndOfChannel extends HocketError {
  constructor(
    message = 'every send channel is closed: nothing more will come',
    options: Options = {},
  ) {
    super(message, { code: 'ERR_END_OF_CHANNEL', ...options })
  }
}
brand(EndOfChannel, 'EndOfChannel')
