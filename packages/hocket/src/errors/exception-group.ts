import { brand } from './brand.ts'
import { describeGroup, inspectGroup } from './group-text.ts'

/**
 * What `split` and `subgroup` ask of an error: that it is an instance of a class or of one of
 * several, or that a predicate holds for it.
 */
export type ExceptionCondition =
  | ErrorClass
  | readonly ErrorClass[]
  // biome-ignore lint/suspicious/noExplicitAny: a predicate may name what it expects
  | ((error: any) => boolean | null | undefined)

type ErrorClass = abstract new (...args: never[]) => unknown

/**
 * Several errors at once, as those of the tasks of a group. Groups nest; what has a condition to
 * answer are the errors in them, at any depth. ExceptionGroup, CPython 3.13 (PEP 654); a
 * CancelledError may be in it as well.
 *
 * `message` ends with how many there are. The console, and `toString()` without stacks, show them as
 * a tree.
 *
 * @throws {@link TypeError} if `errors` is not an array
 * @throws {@link RangeError} if it is empty
 *
 * @example
 * ```ts
 * const group = new ExceptionGroup('two failed', [new TypeError('a'), new RangeError('b')])
 * group.message // => 'two failed (2 sub-exceptions)'
 * const [types, others] = group.split(TypeError)
 * types?.exceptions.map(String) // => ['TypeError: a']
 * others?.exceptions.map(String) // => ['RangeError: b']
 * ```
 */
export class ExceptionGroup<E = unknown> extends AggregateError {
  declare readonly errors: E[]
  /** The message that was given, without the count; for `derive`. */
  declare readonly bareMessage: string

  constructor(message: string, errors: readonly E[], options: { cause?: unknown } = {}) {
    checkErrors(errors)
    super(errors, `${message} (${countOf(errors)})`, options)
    Object.defineProperty(this, 'bareMessage', { value: String(message), configurable: true })
  }

  /** The errors, in order: `errors` under Python's name. */
  get exceptions(): readonly E[] {
    return this.errors
  }

  /**
   * The group of those errors for which `condition` holds, and the group of the others; null in
   * place of an empty one. Nested groups keep their place, and each part its stack and cause. A
   * predicate is asked of groups too: one that holds for a group takes it whole.
   *
   * @throws whatever the predicate throws
   * @throws {@link TypeError} if `condition` is neither a class nor classes nor a function
   */
  split(condition: ExceptionCondition): [ExceptionGroup<E> | null, ExceptionGroup<E> | null] {
    return splitGroup(this, testOf(condition), true)
  }

  /** The first half of `split`: those errors for which `condition` holds, or null. */
  subgroup(condition: ExceptionCondition): ExceptionGroup<E> | null {
    return splitGroup(this, testOf(condition), false)[0]
  }

  /**
   * Makes a group like this one of other errors. A subclass with fields of its own overrides it, so
   * that the parts of a split have them too; stack and cause are kept by the split.
   */
  derive<F>(errors: readonly F[]): ExceptionGroup<F> {
    return new ExceptionGroup(this.bareMessage, errors)
  }

  override toString(): string {
    return describeGroup(this)
  }
}
brand(ExceptionGroup, 'ExceptionGroup')

Object.defineProperty(ExceptionGroup.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  value: inspectGroup,
})

function checkErrors(errors: readonly unknown[]): void {
  if (!Array.isArray(errors)) {
    throw new TypeError(
      `ExceptionGroup expected an array of errors as its second argument, got ${errors === null ? 'null' : typeof errors}: new ExceptionGroup(message, [error, …])`,
    )
  }
  if (errors.length === 0) {
    throw new RangeError(
      'ExceptionGroup expected at least one error, got an empty array: throw nothing in that case',
    )
  }
}

function countOf(errors: readonly unknown[]): string {
  return errors.length === 1 ? '1 sub-exception' : `${errors.length} sub-exceptions`
}

type Test = (error: unknown) => boolean

function testOf(condition: unknown): Test {
  if (Array.isArray(condition) && condition.every(isClass)) {
    return (error) => condition.some((each) => error instanceof each)
  }
  if (isClass(condition)) return (error) => error instanceof condition
  if (typeof condition === 'function') return (error) => Boolean(condition(error))
  throw new TypeError(
    `expected an error class, an array of error classes or a predicate, got ${Array.isArray(condition) ? 'an array that has something else' : typeof condition}`,
  )
}

/** A class, as against a predicate: unlike a function's, the prototype of a class can't be replaced. */
function isClass(value: unknown): value is ErrorClass {
  if (typeof value !== 'function') return false
  const prototype = Object.getOwnPropertyDescriptor(value, 'prototype')
  if (prototype === undefined) return false
  return prototype.writable === false || prototype.value instanceof Error
}

type Parts<E> = [ExceptionGroup<E> | null, ExceptionGroup<E> | null]

function splitGroup<E>(group: ExceptionGroup<E>, test: Test, wantsRest: boolean): Parts<E> {
  if (test(group)) return [group, null]
  const matching: unknown[] = []
  const others: unknown[] = []
  for (const error of group.errors) {
    if (error instanceof ExceptionGroup) {
      const [match, rest] = splitGroup<unknown>(error, test, wantsRest)
      if (match !== null) matching.push(match)
      if (rest !== null) others.push(rest)
    } else if (test(error)) matching.push(error)
    else others.push(error)
  }
  return [partOf(group, matching as E[]), wantsRest ? partOf(group, others as E[]) : null]
}

function partOf<E>(group: ExceptionGroup<E>, errors: E[]): ExceptionGroup<E> | null {
  if (errors.length === 0) return null
  const part: unknown = group.derive(errors)
  if (!(part instanceof ExceptionGroup)) {
    throw new TypeError('derive() must give an ExceptionGroup')
  }
  if ('cause' in group) {
    Object.defineProperty(part, 'cause', {
      value: group.cause,
      writable: true,
      configurable: true,
    })
  }
  // Where it was thrown is what the group tells; how many there are is what the part tells.
  Object.defineProperty(part, 'stack', {
    value: `${part.name}: ${part.message}${framesOf(group)}`,
    writable: true,
    configurable: true,
  })
  return part as ExceptionGroup<E>
}

function framesOf(error: Error): string {
  const stack = error.stack ?? ''
  const head = stack.indexOf(error.message)
  return head < 0 ? '' : stack.slice(head + error.message.length)
}
