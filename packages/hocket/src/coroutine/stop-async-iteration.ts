import { brand } from '../errors/brand.ts'
import { HocketError } from '../errors/errors.ts'

/** `anext()` was called without a default, and there is nothing more. Python's StopAsyncIteration. */
export class StopAsyncIteration extends HocketError {
  constructor(
    message = 'the iterator has ended: give anext() a default, or ask next() for { done, value }',
    options: { code?: string; cause?: unknown } = {},
  ) {
    super(message, { code: 'ERR_STOP_ASYNC_ITERATION', ...options })
  }
}
brand(StopAsyncIteration, 'StopAsyncIteration')
