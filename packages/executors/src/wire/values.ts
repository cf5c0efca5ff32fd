import { serialize } from 'node:v8'
import type { Transferable } from 'node:worker_threads'
import { DataCloneProblem } from '../errors/errors.ts'
import { Check, type Medium, type Obstacle } from './check.ts'

export type { Medium } from './check.ts'

/** A value that is ready to travel, and what is handed over with it. */
export interface Packed {
  readonly value: unknown
  readonly transferList: readonly Transferable[]
}

const NOTHING: readonly Transferable[] = []

/**
 * Makes sure that `value` can travel, and collects what `transfer()` has marked in it. It is copied
 * when the message is sent, not here. `what` begins the message of the error: 'the argument 1'.
 *
 * Nearly everything that can't be copied is found here. What is left shows when the message is sent:
 * getters that answer differently, a buffer that is handed over in between, rare classes of the
 * host. Whoever sends several values in one message then sends them one by one, and asks
 * {@link explain} about the one that fails.
 *
 * @throws {@link DataCloneProblem} if it can't travel; the message says which property and why
 */
export function pack(value: unknown, what: string, medium: Medium = 'thread'): Packed {
  if (isSimple(value)) return { value, transferList: NOTHING }
  const check = new Check(medium)
  const obstacle = check.find(value, 0)
  if (obstacle !== undefined) throw problem(what, obstacle)
  check.accept()
  return { value, transferList: check.transferList }
}

const EMPTY: Packed = { value: [], transferList: NOTHING }

/**
 * {@link pack} for the arguments of a call: the value is `args` itself.
 *
 * @throws {@link DataCloneProblem} if one of them can't travel; the first is argument 1
 */
export function packArguments(args: readonly unknown[], medium: Medium = 'thread'): Packed {
  if (args.length === 0) return EMPTY
  let index = 0
  while (index < args.length && isSimple(args[index])) index++
  if (index === args.length) return { value: args, transferList: NOTHING }
  const check = new Check(medium)
  for (; index < args.length; index++) {
    const obstacle = check.find(args[index], 0)
    if (obstacle !== undefined) throw problem(`the argument ${index + 1}`, obstacle)
  }
  check.accept()
  return { value: args, transferList: check.transferList }
}

/**
 * Why a value that {@link pack} let pass could not be sent after all. Looks once more, and then for the
 * smallest part that fails, by copying.
 */
export function explain(
  packed: Packed,
  what: string,
  error: unknown,
  medium: Medium = 'thread',
): DataCloneProblem {
  return problem(what, obstacleAfter(packed, error, medium))
}

/** {@link explain} for the arguments of a call. */
export function explainArguments(
  packed: Packed,
  error: unknown,
  medium: Medium = 'thread',
): DataCloneProblem {
  const obstacle = obstacleAfter(packed, error, medium)
  const [index, ...path] = obstacle.path
  return index === undefined
    ? problem('the arguments', obstacle)
    : problem(`the argument ${Number(index) + 1}`, { ...obstacle, path })
}

function obstacleAfter(packed: Packed, error: unknown, medium: Medium): Obstacle {
  const { value, transferList } = packed
  const handed = new Set<object>(transferList)
  const found = new Check(medium, handed).find(value, 0)
  if (found !== undefined) return { cause: error, ...found }
  const reason = error instanceof Error ? error.message : String(error)
  // What is too large should not be copied once more, part by part.
  const path = error instanceof RangeError ? [] : pathOf(value, copierFor(medium), handed)
  return { path, text: `can't be copied: ${reason}`, cause: error }
}

/** Copied without a look. Of all arguments and results these are the most. */
function isSimple(value: unknown): boolean {
  const type = typeof value
  return value === null || (type !== 'object' && type !== 'function' && type !== 'symbol')
}

/** Why `value` can't travel, as {@link pack} would say it; undefined if it can. */
export function obstacleIn(value: unknown, what: string, medium: Medium): string | undefined {
  const obstacle = new Check(medium).find(value, 0)
  return obstacle === undefined ? undefined : problem(what, obstacle).message
}

function problem(what: string, { path, text, cause }: Obstacle): DataCloneProblem {
  const where = path.reduce<string>((before, key) => before + step(before, key), '')
  return new DataCloneProblem(
    where === '' ? `${what} ${text}` : `${what}: ${where} ${text}`,
    cause === undefined ? {} : { cause },
  )
}

function step(before: string, key: string | number): string {
  if (typeof key === 'number') return `[${key}]`
  if (/^(?:get\(|key \d|entry \d|item \d)/.test(key)) return before === '' ? key : `.${key}`
  if (!/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(key)) return `[${JSON.stringify(key)}]`
  return before === '' ? key : `.${key}`
}

type Copier = (value: unknown) => unknown

function copierFor(medium: Medium): Copier {
  return medium === 'thread' ? structuredClone : serialize
}

function pathOf(value: unknown, copy: Copier, handed: ReadonlySet<unknown>): (string | number)[] {
  const path: (string | number)[] = []
  const seen = new Set<unknown>()
  let each = value
  while (typeof each === 'object' && each !== null && !seen.has(each)) {
    seen.add(each)
    const found = partsOf(each).find(([, part]) => !handed.has(part) && !canCopy(part, copy))
    if (found === undefined) break
    path.push(found[0])
    each = found[1]
  }
  return path
}

function partsOf(value: object): [string | number, unknown][] {
  if (value instanceof Map)
    return [...value.values()].map((part, index) => [`entry ${index}`, part])
  if (value instanceof Set) return [...value].map((part, index) => [`item ${index}`, part])
  return Object.keys(value).map((key) => {
    try {
      return [Array.isArray(value) ? Number(key) : key, (value as Record<string, unknown>)[key]]
    } catch {
      return [key, () => {}]
    }
  })
}

function canCopy(value: unknown, copy: Copier): boolean {
  try {
    copy(value)
    return true
  } catch {
    return false
  }
}
