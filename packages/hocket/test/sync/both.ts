import {
  type Awaitable,
  CancelledError,
  createTask,
  type EventLoop,
  getRunningLoop,
  type Suspension,
  sleep,
  type Task,
} from 'hocket'
import { runVirtual, virtualLoop } from '../support/loop.ts'

// biome-ignore lint/suspicious/noExplicitAny: what comes back is the result of what was yielded
export type Script<T> = () => Generator<Awaitable<unknown>, T, any>

/** Plays a script, which says `yield x` where a program says `await x` or `yield* x`. */
export type Spelling = <T>(script: Script<T>) => () => Generator<Suspension, T, never> | Promise<T>

function* byGenerator<T>(script: Script<T>): Generator<Suspension, T, never> {
  const steps = script()
  let step = steps.next()
  while (!step.done) {
    let value: unknown
    try {
      value = yield* step.value as Iterable<Suspension, unknown, never>
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(value)
  }
  return step.value
}

async function byAsync<T>(script: Script<T>): Promise<T> {
  const steps = script()
  let step = steps.next()
  while (!step.done) {
    let value: unknown
    try {
      value = await step.value
    } catch (error) {
      step = steps.throw(error)
      continue
    }
    step = steps.next(value)
  }
  return step.value
}

export const spellings: [string, Spelling][] = [
  ['yield*', (script) => () => byGenerator(script)],
  ['await', (script) => () => byAsync(script)],
]

/** Runs `script` in `spelling` on virtual time. */
export function play<T>(
  spelling: Spelling,
  script: Script<T>,
  loop: EventLoop = virtualLoop(),
): Promise<T> {
  return runVirtual(spelling(script), loop)
}

export function spawn<T>(spelling: Spelling, script: Script<T>): Task<T> {
  return createTask(spelling(script))
}

/** Gives way for `count` iterations. */
export function* turns(count: number): Generator<Awaitable<unknown>, void, unknown> {
  for (let turn = 0; turn < count; turn += 1) yield sleep(0)
}

/** The number of the current iteration. */
export const iteration = (): number => getRunningLoop().statistics().iterations

/** How the task has ended, or that it has not. */
export function outcomeOf(task: Task<unknown>): unknown {
  if (!task.done()) return 'pending'
  if (task.cancelled()) return 'cancelled'
  const error = task.exception()
  return error === null ? task.result() : (error as Error).name
}

/** Waits for all of them, whatever becomes of them. */
export function* outcomesOf(
  tasks: readonly Task<unknown>[],
): Generator<Awaitable<unknown>, unknown[], unknown> {
  for (const task of tasks) {
    try {
      yield task
    } catch (error) {
      if (error instanceof CancelledError && !task.cancelled()) throw error
    }
  }
  return tasks.map(outcomeOf)
}
