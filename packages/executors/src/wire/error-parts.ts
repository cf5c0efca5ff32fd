import { inspect, types } from 'node:util'
import { deserialize, serialize } from 'node:v8'
import { Check } from './check.ts'

/** A value inside an encoded error. */
export type Part =
  | { readonly value: unknown }
  /** The error at that place in the list. */
  | { readonly ref: number }
  /** An array with errors in it. */
  | { readonly list: readonly Part[] }
  /** A task, of which its name is left. */
  | { readonly canceller: string }
  /** It can't travel; this describes it. */
  | { readonly lost: string }

/** More errors than this are described only. */
const MOST = 10_000
/** Arrays inside arrays are looked into so far. */
const DEEPEST = 20
const LONGEST_DESCRIPTION = 200

/** Takes values apart into parts, and keeps the errors that are still to be encoded. */
export class PartEncoder {
  readonly #places = new Map<object, number>()
  readonly #errors: Error[] = []
  #taken = 0

  /** The next error that has a place and no record; in the order of their places. */
  next(): Error | undefined {
    return this.#errors[this.#taken++]
  }

  /** The part for `owner[key]`, whatever reading it does. */
  property(owner: object, key: string | symbol): Part {
    let value: unknown
    try {
      value = (owner as Record<string | symbol, unknown>)[key]
    } catch (error) {
      return { lost: `[a getter that throws: ${describe(error)}]` }
    }
    return this.part(value)
  }

  part(value: unknown, depth = 0): Part {
    if (typeof value === 'function' || typeof value === 'symbol') return { lost: describe(value) }
    if (typeof value !== 'object' || value === null) return { value }
    try {
      if (isError(value)) return this.#place(value)
      if (Array.isArray(value) && depth < DEEPEST && hasErrors(value)) {
        return { list: value.map((item: unknown) => this.part(item, depth + 1)) }
      }
      if (typeof (value as { getName?: unknown }).getName === 'function') {
        return { canceller: String((value as { getName(): unknown }).getName()) }
      }
      if (new Check('process').find(value, 0) !== undefined) return { lost: describe(value) }
      // A copy that is made here can't fail later, in a message that it shares with others.
      return { value: deserialize(serialize(value)) }
    } catch {
      return { lost: describe(value) }
    }
  }

  #place(error: Error): Part {
    const known = this.#places.get(error)
    if (known !== undefined) return { ref: known }
    if (this.#errors.length >= MOST) return { lost: describe(error) }
    this.#places.set(error, this.#errors.length)
    return { ref: this.#errors.push(error) - 1 }
  }
}

/** What a part stands for, with the errors that have been made anew. */
export function partValue(part: Part, errors: readonly Error[]): unknown {
  if ('value' in part) return part.value
  if ('ref' in part) return errors[part.ref]
  if ('list' in part) return part.list.map((each) => partValue(each, errors))
  if ('lost' in part) return part.lost
  const { canceller } = part
  return { getName: () => canceller }
}

function isError(value: object): value is Error {
  return types.isNativeError(value) || value instanceof Error
}

function hasErrors(items: readonly unknown[]): boolean {
  return items.some(
    (item) =>
      typeof item === 'object' &&
      item !== null &&
      (Array.isArray(item) ? hasErrors(item) : isError(item)),
  )
}

function describe(value: unknown): string {
  try {
    const text = inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY })
    return text.length > LONGEST_DESCRIPTION ? `${text.slice(0, LONGEST_DESCRIPTION)}…` : text
  } catch {
    return '[it can not be described]'
  }
}
