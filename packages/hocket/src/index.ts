/**
 * asyncio for TypeScript: lazy coroutines, an event loop, tasks that can be cancelled.
 *
 * @module
 */
import './task/install.ts'

export { abandonable, abortable } from './combine/abortable.ts'
export { type AsCompleted, asCompleted, type FutureIterator } from './combine/as-completed.ts'
export { EventIterator, type OnceOptions, type OnOptions, on, once } from './combine/events.ts'
export { forEach } from './combine/for-each.ts'
export { type Gathered, gather } from './combine/gather.ts'
export { type MapOptions, type Mapping, map } from './combine/map.ts'
export type { MapBody } from './combine/map-run.ts'
export type { AsyncMapSource, MapSource } from './combine/map-source.ts'
export { shield } from './combine/shield.ts'
export { sleep } from './combine/sleep.ts'
export type { FutureOf, GatherSource, ResultOf } from './combine/sources.ts'
export type { EmitterLike, EventSource, EventTargetLike } from './combine/subscription.ts'
export {
  ALL_COMPLETED,
  FIRST_COMPLETED,
  FIRST_EXCEPTION,
  type WaitOptions,
  type WaitResult,
  wait,
} from './combine/wait.ts'
export { Context, ContextVar, copyContext, Token } from './context/context-var.ts'
export { Aclosing, aclosing, type Closeable } from './coroutine/aclosing.ts'
export {
  AsyncGeneratorObject,
  asyncGenerator,
  type GeneratorCall,
} from './coroutine/async-generator.ts'
export { type AnyIterable, type AnyIterator, aiter, anext } from './coroutine/async-iteration.ts'
export type { Awaitable } from './coroutine/awaitable.ts'
export {
  AbstractAsyncContextManager,
  type AsyncContextManager,
  type ContextBody,
} from './coroutine/context-manager.ts'
export { type Coroutine, isCoroutine } from './coroutine/coroutine.ts'
export { coroutine, isCoroutineFunction } from './coroutine/coroutine-function.ts'
export {
  AsyncExitStack,
  type ExitCallback,
  exitStack,
  type Resource,
} from './coroutine/exit-stack.ts'
export {
  asynccontextmanager,
  GeneratorContextManager,
  type OpenContext,
} from './coroutine/generator-context.ts'
export {
  currentGreenlet,
  Greenlet,
  type GreenletBody,
  GreenletExit,
  greenlet,
  mainGreenlet,
  type Transfer,
} from './coroutine/greenlet.ts'
export { StopAsyncIteration } from './coroutine/stop-async-iteration.ts'
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
export {
  BrokenBarrierError,
  BrokenResourceError,
  ClosedResourceError,
  EndOfChannel,
  QueueEmpty,
  QueueFull,
  QueueShutDown,
  WouldBlock,
} from './errors/primitives.ts'
export { ConnectionResetError, IncompleteReadError, LimitOverrunError } from './errors/streams.ts'
export { Future, isFuture } from './future/future.ts'
export type { Suspension } from './future/suspension.ts'
export type { ScopeBody } from './group/body.ts'
export {
  CancelScope,
  type CancelScopeOptions,
  cancelScope,
  currentEffectiveDeadline,
} from './group/cancel-scope.ts'
export {
  failAfter,
  failAt,
  type MoveOnOptions,
  moveOnAfter,
  moveOnAt,
} from './group/move-on.ts'
export { TaskGroup, taskGroup } from './group/task-group.ts'
export type { TaskStatus } from './group/task-status.ts'
export { Timeout, timeout, timeoutAt } from './group/timeout.ts'
export { waitFor } from './group/wait-for.ts'
export type { ConcurrentFuture, Executor } from './loop/default-executor.ts'
export { getEventLoop, newEventLoop, setEventLoop } from './loop/default-loop.ts'
export { EventLoop, type EventLoopOptions } from './loop/event-loop.ts'
export type { ExceptionContext, ExceptionHandler } from './loop/exception-handler.ts'
export { Handle } from './loop/handle.ts'
export type { AsyncScope, Host, StrandStorage } from './loop/host.ts'
export { getRunningLoop } from './loop/running.ts'
export { TimerHandle } from './loop/timer-handle.ts'
export { WebHost } from './loop/web/web-host.ts'
export type { MemoryChannelStatistics } from './queues/channel-state.ts'
export { LifoQueue } from './queues/lifo-queue.ts'
export {
  MemoryReceiveChannel,
  MemorySendChannel,
  openMemoryChannel,
} from './queues/memory-channel.ts'
export { PriorityQueue, type PriorityQueueOptions } from './queues/priority-queue.ts'
export { Queue, type QueueStatistics } from './queues/queue.ts'
export { run } from './run/run.ts'
export { runSync } from './run/run-sync.ts'
export { Runner, type RunOptions } from './run/runner.ts'
export { memoryStreamPair, type StreamPair } from './streams/memory-streams.ts'
export type { Separator } from './streams/separators.ts'
export { LineIterator, type ReadLimit, StreamReader } from './streams/stream-reader.ts'
export { type ClientConnected, StreamReaderProtocol } from './streams/stream-reader-protocol.ts'
export { StreamWriter } from './streams/stream-writer.ts'
export type { Protocol, Transport, WriteBufferLimits } from './streams/transport.ts'
export {
  type ChunkSource,
  openStreams,
  readableStreamOf,
  writableStreamOf,
} from './streams/web-streams.ts'
export type { ByteReadable, ByteWritable } from './streams/web-transport.ts'
export { Acquired } from './sync/acquired.ts'
export { Barrier, type BarrierStatistics } from './sync/barrier.ts'
export { CapacityLimiter, type CapacityLimiterStatistics } from './sync/capacity-limiter.ts'
export { Condition, type ConditionStatistics } from './sync/condition.ts'
export { Event, type EventStatistics } from './sync/event.ts'
export { Lock, type LockStatistics } from './sync/lock.ts'
export { BoundedSemaphore, Semaphore, type SemaphoreStatistics } from './sync/semaphore.ts'
export {
  createTask,
  type TaskFactory,
  type TaskOptions,
  type TaskSource,
} from './task/create-task.ts'
export { eagerTaskFactory } from './task/eager-task-factory.ts'
export { ensureFuture } from './task/ensure-future.ts'
export { allTasks, currentSignal, currentTask } from './task/registry.ts'
export { Task, type TaskFrame } from './task/task.ts'
