import { HocketError, RuntimeError } from 'hocket'

interface Options {
  code?: string
  cause?: unknown
}

/**
 * An executor's worker died while it ran this call, or the executor can't work any more. `cause` is
 * what ended it, where that is known. concurrent.futures.BrokenExecutor.
 */
export class BrokenExecutor extends RuntimeError {
  override readonly name: string = 'BrokenExecutor'

  constructor(message: string, options: Options = {}) {
    super(message, { code: 'ERR_BROKEN_EXECUTOR', ...options })
  }
}

/** The {@link BrokenExecutor} of a ThreadPoolExecutor. concurrent.futures.thread.BrokenThreadPool. */
export class BrokenThreadPool extends BrokenExecutor {
  override readonly name: string = 'BrokenThreadPool'
}

/** The {@link BrokenExecutor} of a ProcessPoolExecutor. concurrent.futures.process.BrokenProcessPool. */
export class BrokenProcessPool extends BrokenExecutor {
  override readonly name: string = 'BrokenProcessPool'
}

/** An argument or a result can't travel between threads or processes; the message says which part. */
export class DataCloneProblem extends HocketError {
  override readonly name: string = 'DataCloneProblem'

  constructor(message: string, options: Options = {}) {
    super(message, { code: 'ERR_DATA_CLONE', ...options })
  }
}
