/**
 * For builders of hosts, primitives and tools. It may change in minor versions.
 *
 * @module
 */
import './task/install.ts'

export { createHost } from '#platform'
export { Deque } from './base/deque.ts'
export { Operation, pending } from './coroutine/operation.ts'
export { ExecutorFuture } from './future/executor-future.ts'
export { LoopBound, Waiter, WaitList } from './future/waiter.ts'
export { installDefaultExecutor } from './loop/default-executor.ts'
export type { Runnable } from './loop/handle.ts'
export type { Chooser } from './loop/ready-queue.ts'
export { ReadyQueue } from './loop/ready-queue.ts'
export { findRunningLoop } from './loop/running.ts'
