import { Coroutine } from '../coroutine/coroutine.ts'
import { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe, isThenable } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { TaskSource } from '../task/create-task.ts'
import type { Task } from '../task/task.ts'

/**
 * What can be waited for beside others: a coroutine, generator or function, which becomes a Task, or
 * a Future or Task. Never a promise: wrap one by `ensureFuture`.
 */
export type GatherSource<T> = TaskSource<T> | Future<T>

/** What awaiting a source gives. */
export type ResultOf<S> =
  S extends Future<infer T>
    ? T
    : S extends Coroutine<infer T>
      ? T
      : S extends Generator<Suspension, infer T, never>
        ? T
        : S extends () => infer R
          ? R extends Coroutine<infer T> | Generator<Suspension, infer T, never>
            ? T
            : Awaited<R>
          : never

/** The Future or Task that stands for a source. */
export type FutureOf<S> = S extends Future<unknown> ? S : Task<ResultOf<S>>

/** The sources as a list of its own. */
export function listSources<S>(sources: Iterable<S>, name: string): S[] {
  const isOne = sources instanceof Future || sources instanceof Coroutine
  if (isOne || typeof (sources as Partial<Iterable<S>> | null)?.[Symbol.iterator] !== 'function') {
    throw new TypeError(
      `${name} expected an array (or another iterable) of what to wait for, got ${describe(sources)}${isOne || isThenable(sources) ? `: write ${name}([…])` : ''}`,
    )
  }
  return [...sources]
}

/**
 * The future of each source, all of one loop; what is no future yet becomes a task. One that is
 * listed twice has one future, except for functions, each of which is a call of its own.
 *
 * If a source is refused, none of the others begins.
 */
export function futuresOf(sources: readonly unknown[], name: string): Future<unknown>[] {
  const futures: Future<unknown>[] = []
  // Most lists have nothing twice. What may have been listed before can be told cheaply.
  let known: Map<unknown, Future<unknown>> | null = null
  let loop: EventLoop | null = null
  try {
    for (const source of sources) {
      let future: Future<unknown> | undefined
      if (source instanceof Future) future = source
      else if (mayBeTwice(source)) {
        known ??= new Map(futures.map((each, index) => [sources[index], each]))
        future = known.get(source)
      }
      future ??= (loop ?? getEventLoop()).createTask(source as TaskSource<unknown>)
      if (loop !== null && future._loop !== loop) throw otherLoop(name)
      loop = future._loop
      futures.push(future)
      known?.set(source, future)
    }
  } catch (error) {
    futures.forEach((future, index) => {
      if (future !== sources[index]) future.cancel()
    })
    throw error
  }
  return futures
}

const MOST_NAMES = 3

/** Those of `futures` that are pending, for a message. */
export function listSubjects(futures: Iterable<Future<unknown>>): string {
  const pending = [...futures].filter((future) => !future.done())
  const names = pending.slice(0, MOST_NAMES).map((future) => future._describeSubject())
  if (pending.length > MOST_NAMES) names.push(`${pending.length - MOST_NAMES} more`)
  return names.join(', ')
}

function mayBeTwice(source: unknown): boolean {
  return source instanceof Coroutine ? source._hasBegun : typeof source === 'object'
}

function otherLoop(name: string): RangeError {
  return new RangeError(
    `${name} expected futures of one event loop, got one of another: await that one by a task of this loop`,
  )
}
