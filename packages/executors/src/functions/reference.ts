import type { FunctionReference } from '../wire/function-reference.ts'
import { inlineSource } from './inline.ts'
import { moduleReference } from './module-functions.ts'

export type { FunctionReference } from '../wire/function-reference.ts'

const inline = new WeakMap<object, FunctionReference>()

/**
 * How `fn` is named to a worker: by module and export, if `moduleFunctions` gave it, otherwise by
 * its source text. The same function gives the same object each time.
 *
 * @throws {@link TypeError} if `fn` is not a function, or can't be sent: it refers to something
 * outside itself, or has no source text of its own. The message says what and how to do it
 */
export function referenceOf(fn: unknown): FunctionReference {
  if (typeof fn !== 'function')
    throw new TypeError(`expected a function, got ${nameOf(fn)}${hintFor(fn)}`)
  const known = moduleReference(fn) ?? inline.get(fn)
  if (known !== undefined) return known
  const reference: FunctionReference = { source: inlineSource(fn as (...args: never[]) => unknown) }
  inline.set(fn, reference)
  return reference
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value !== 'object') return typeof value
  return Object.prototype.toString.call(value).slice(8, -1)
}

function hintFor(value: unknown): string {
  if (typeof value !== 'object' || value === null) return ''
  return typeof (value as { then?: unknown }).then === 'function'
    ? ': give the function and its arguments, submit(fn, …), not the result of a call'
    : ''
}
