import { type FunctionReference, referenceOf } from '../functions/reference.ts'

/** So many callers of a function are noted, from its first call, and from each that fails. */
const NOTED = 32

/** A function that a pool has been given: its number in the messages, and what is known of its calls. */
export class KnownFunction {
  readonly id: number
  readonly name: string
  readonly reference: FunctionReference
  /** What a call takes, in ms; Infinity as long as nobody knows. */
  duration: number = Infinity
  /** How many callers are still to be noted. */
  toBeNoted: number = NOTED

  constructor(id: number, name: string, reference: FunctionReference) {
    this.id = id
    this.name = name
    this.reference = reference
  }

  noteFailure(): void {
    this.toBeNoted = NOTED
  }
}

/** The functions of one pool. */
export class KnownFunctions {
  readonly #byFunction = new WeakMap<object, KnownFunction>()
  readonly #byReference = new Map<string, KnownFunction>()
  readonly #all: KnownFunction[] = []

  /** @throws {@link TypeError} if the function can't travel */
  of(fn: (...args: never[]) => unknown): KnownFunction {
    return this.#byFunction.get(fn) ?? this.#add(fn)
  }

  /** Pairs of a function's number and what a call of it takes, as a worker tells them. */
  learn(durations: readonly number[]): void {
    for (let index = 0; index < durations.length; index += 2) {
      const known = this.#all[durations[index] as number] as KnownFunction
      known.duration = durations[index + 1] as number
    }
  }

  #add(fn: (...args: never[]) => unknown): KnownFunction {
    const reference = referenceOf(fn)
    const key = 'source' in reference ? reference.source : `${reference.url}\n${reference.name}`
    let known = this.#byReference.get(key)
    if (known === undefined) {
      known = new KnownFunction(this.#all.length, fn.name || '<anonymous>', reference)
      this.#byReference.set(key, known)
      this.#all.push(known)
    }
    this.#byFunction.set(fn, known)
    return known
  }
}
