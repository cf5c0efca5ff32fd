import { type EventLoop, getEventLoop } from 'hocket'
import { findRunningLoop } from 'hocket/lowlevel'
import type { FunctionReference } from '../functions/reference.ts'
import { resolveFunction } from '../functions/resolve.ts'
import { encodeError } from '../wire/errors.ts'
import { ERROR, type News, RESULT } from '../wire/messages.ts'
import { type Medium, pack } from '../wire/values.ts'
import type { WorkerHandle } from './worker-handle.ts'

/** The loop that uses a pool: workers may hand it calls of their own. */
export class Owner {
  readonly #medium: Medium
  #loop: EventLoop | null = null

  constructor(medium: Medium) {
    this.#medium = medium
  }

  /** The running loop is the one, if there is any. */
  note(): void {
    this.#loop = findRunningLoop() ?? this.#loop
  }

  /** Runs what a worker has asked for as a task, and answers. */
  ask(worker: WorkerHandle, [, id, reference, args]: News & readonly ['ask', ...unknown[]]): void {
    const loop = this.#loop === null || this.#loop.isClosed() ? getEventLoop() : this.#loop
    const task = loop.createTask(async () => {
      const fn = (await resolveFunction(reference as FunctionReference)) as (
        ...args: unknown[]
      ) => unknown
      return await (fn(...(args as unknown[])) as PromiseLike<unknown>)
    })
    task.addDoneCallback(() => {
      try {
        const packed = pack(task.result(), 'the result', this.#medium)
        worker.order(['answer', id as number, RESULT, packed.value], packed.transferList)
      } catch (error) {
        worker.order(['answer', id as number, ERROR, encodeError(error)])
      }
    })
  }
}
