import { isCoroutineFunction } from 'hocket'
import type { FunctionReference } from '../functions/reference.ts'
import { resolveFunction } from '../functions/resolve.ts'

export type AnyFunction = (...args: unknown[]) => unknown

const AsyncFunction = (async () => {}).constructor
const GeneratorFunction = function* () {}.constructor

/** A function that this worker was told of. */
export class KnownFunction {
  readonly id: number
  readonly #reference: FunctionReference
  /** null until it is loaded. */
  fn: AnyFunction | null = null
  /** It gives a coroutine: the call is a task. */
  isCoroutine = false
  /** What a call takes in ms; -1 as long as there was none. */
  duration = -1
  #told = 0

  constructor(id: number, reference: FunctionReference) {
    this.id = id
    this.#reference = reference
  }

  /** Imports its module. If that fails, each call throws what is wrong. */
  async load(): Promise<void> {
    try {
      const fn = (await resolveFunction(this.#reference)) as AnyFunction
      this.isCoroutine =
        isCoroutineFunction(fn) || fn instanceof AsyncFunction || fn instanceof GeneratorFunction
      this.fn = fn
    } catch (error) {
      this.fn = () => {
        throw error
      }
    }
  }

  /** A call took `ms`: the mean, and at once more where one takes longer. True if the pool is to know. */
  measure(ms: number): boolean {
    if (this.duration < 0 || ms > 4 * this.duration) this.duration = ms
    else this.duration += (ms - this.duration) / 16
    if (this.duration <= this.#told * 1.5 && this.duration >= this.#told / 2) return false
    this.#told = this.duration
    return true
  }
}
