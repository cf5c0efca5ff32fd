import type { ExploredBody, ExploreOptions } from '@hocket/testing'
import {
  createTask,
  getRunningLoop,
  type Suspension,
  sleep,
  type Task,
  type TaskSource,
} from 'hocket'

/** A program whose promises must hold under every schedule. */
export interface Scenario {
  readonly primitive: string
  /** What is promised. */
  readonly promise: string
  readonly body: ExploredBody
  readonly options?: ExploreOptions
}

/** Collects the scenarios of one primitive. */
export function scenariosOf(
  primitive: string,
  promises: Record<string, ExploredBody | { body: ExploredBody; options: ExploreOptions }>,
): Scenario[] {
  return Object.entries(promises).map(([promise, what]) =>
    typeof what === 'function'
      ? { primitive, promise, body: what }
      : { primitive, promise, ...what },
  )
}

export function ensure(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(message)
}

export function ensureEqual(actual: unknown, expected: unknown, what: string): void {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)]
  ensure(a === b, `${what}: expected ${b}, got ${a}`)
}

/** Starts a task for each source, with the names that cancellations are given to. */
export function start<T>(sources: readonly TaskSource<T>[], name = 'task'): Task<T>[] {
  return sources.map((source, index) => createTask(source, { name: `${name} ${index + 1}` }))
}

/** Waits until all are done, and throws the error of one that failed. To be cancelled is no error. */
export function* ended(tasks: readonly Task<unknown>[]): Generator<Suspension, void, unknown> {
  for (const task of tasks) {
    if (task.done()) continue
    const end = getRunningLoop().createFuture<void>()
    task.addDoneCallback(() => end.setResult())
    yield* end
  }
  for (const task of tasks) if (!task.cancelled()) task.result()
}

/** None of these, which catch nothing, has swallowed its cancellation. */
export function ensureObeyed(tasks: readonly Task<unknown>[]): void {
  for (const task of tasks) {
    const isCancelled = task.cancelled() || task.cancelling() === 0
    ensure(isCancelled, `${task.getName()} was asked to cancel and did not`)
  }
}

/** Waits until nothing can go on but this: only then does virtual time pass. */
export function* quiet(): Generator<Suspension, void, unknown> {
  yield* sleep(1)
}

/** True if `part` is what is left of `whole` when some are taken out. */
export function isInOrder<T>(part: readonly T[], whole: readonly T[]): boolean {
  let from = 0
  for (const item of part) {
    from = whole.indexOf(item, from) + 1
    if (from === 0) return false
  }
  return true
}

export function sorted(items: readonly number[]): number[] {
  return [...items].sort((a, b) => a - b)
}
