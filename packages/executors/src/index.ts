/**
 * Executors: threads and processes with the semantics of concurrent.futures.
 *
 * @module
 */
import './loop/install.ts'

export { concurrent } from './concurrent/concurrent.ts'
export type { Future as ConcurrentFuture } from './concurrent/future.ts'
export type { CompletedFutures, Waited, WaitOptions } from './concurrent/wait.ts'
export { wrapFuture } from './concurrent/wrap-future.ts'
export {
  BrokenExecutor,
  BrokenProcessPool,
  BrokenThreadPool,
  DataCloneProblem,
} from './errors/errors.ts'
export {
  Executor,
  type IterablesOf,
  type MapOptions,
  type ShutdownOptions,
  type SubmitOptions,
} from './executor/executor.ts'
export type { MapResults } from './executor/map.ts'
export {
  type ExecutorView,
  PoolExecutor,
  type PoolExecutorOptions,
} from './executor/pool-executor.ts'
export { ProcessPoolExecutor } from './executor/process-pool-executor.ts'
export { ThreadPoolExecutor } from './executor/thread-pool-executor.ts'
export { type ModuleFunctions, moduleFunctions } from './functions/module-functions.ts'
export { runCoroutineThreadsafe } from './loop/run-coroutine-threadsafe.ts'
export { toThread } from './loop/to-thread.ts'
export type { Call } from './pool/call.ts'
export type { ResourceLimits } from './pool/link.ts'
export type { ExecutorStatistics } from './pool/statistics.ts'
export {
  type ErrorCodec,
  type RemoteDetails,
  registerError,
  remoteDetails,
} from './wire/errors.ts'
export { transfer } from './wire/transfer.ts'
export { type CurrentWorker, checkCancelled, currentWorker, progress } from './worker/api.ts'
export { travels } from './worker/context.ts'
