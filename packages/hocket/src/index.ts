/**
 * asyncio for TypeScript: lazy coroutines, an event loop, tasks that can be cancelled.
 *
 * @module
 */
import './task/install.ts'

export { abandonable, abortable } from './combine/abortable.ts'
export { sleep } from './combine/sleep.ts'
export { Context, ContextVar, copyContext, type Token } from './context/context-var.ts'
export type { Awaitable } from './coroutine/awaitable.ts'
export { type Coroutine, isCoroutine } from './coroutine/coroutine.ts'
export { coroutine, isCoroutineFunction } from './coroutine/coroutine-function.ts'
export {
  currentGreenlet,
  Greenlet,
  type GreenletBody,
  GreenletExit,
  greenlet,
  mainGreenlet,
  type Transfer,
} from './coroutine/greenlet.ts'
export { use } from './coroutine/use.ts'
export {
  CancelledError,
  type Canceller,
  DeadlockError,
  HocketError,
  InvalidStateError,
  KeyboardInterrupt,
  RuntimeError,
  TimeoutError,
} from './errors/errors.ts'
export { type ExceptionCondition, ExceptionGroup } from './errors/exception-group.ts'
export { Future, isFuture } from './future/future.ts'
export type { Suspension } from './future/suspension.ts'
export { getEventLoop, newEventLoop, setEventLoop } from './loop/default-loop.ts'
export { EventLoop, type EventLoopOptions } from './loop/event-loop.ts'
export type { ExceptionContext, ExceptionHandler } from './loop/exception-handler.ts'
export { Handle } from './loop/handle.ts'
export type { AsyncScope, Host, StrandStorage } from './loop/host.ts'
export { getRunningLoop } from './loop/running.ts'
export { TimerHandle } from './loop/timer-handle.ts'
export { WebHost } from './loop/web/web-host.ts'
export { run } from './run/run.ts'
export { runSync } from './run/run-sync.ts'
export { Runner, type RunOptions } from './run/runner.ts'
export {
  createTask,
  type TaskFactory,
  type TaskOptions,
  type TaskSource,
} from './task/create-task.ts'
export { ensureFuture } from './task/ensure-future.ts'
export { allTasks, currentSignal, currentTask } from './task/registry.ts'
export { Task, type TaskFrame } from './task/task.ts'
