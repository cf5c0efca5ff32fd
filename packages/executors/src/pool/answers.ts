import type { EventLoop } from 'hocket'
import type { FunctionReference } from '../functions/reference.ts'
import { resolveFunction } from '../functions/resolve.ts'

/** Runs what a worker has asked for as a task of `loop`. */
export function answerTo(
  loop: EventLoop,
  reference: FunctionReference,
  args: unknown[],
  succeed: (result: unknown) => void,
  fail: (error: unknown) => void,
): void {
  const task = loop.createTask(async () => {
    const fn = (await resolveFunction(reference)) as (...args: unknown[]) => unknown
    return await (fn(...args) as PromiseLike<unknown>)
  })
  task.addDoneCallback(() => {
    try {
      succeed(task.result())
    } catch (error) {
      fail(error)
    }
  })
}
