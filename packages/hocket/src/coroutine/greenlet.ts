import { RuntimeError } from '../errors/errors.ts'
import { describe } from '../loop/checks.ts'
import { isGenerator } from './awaitable.ts'

/** What a greenlet yields: where control goes, and with what. Only `yield* g.switch()` makes one. */
class Transfer {
  declare protected readonly 'write yield* g.switch() instead of yield': true
  readonly target: Greenlet
  readonly isThrow: boolean
  readonly value: unknown

  constructor(target: Greenlet, isThrow: boolean, value: unknown) {
    this.target = target
    this.isThrow = isThrow
    this.value = value
  }
}

export type { Transfer }

/** What the body of a greenlet may be. The first `switch` gives its arguments. */
export type GreenletBody = (...args: never[]) => Generator<Transfer, unknown, unknown>

/** Thrown into a greenlet to end it quietly; `switch` then gives this error as the result. */
export class GreenletExit extends Error {
  override readonly name = 'GreenletExit'
}

/**
 * A body that runs only when control is switched to it, and keeps its place when it switches away.
 * greenlet.greenlet, greenlet 3, as far as generators allow: the body is a `function*`, and a switch
 * inside it is written `yield* other.switch(value)`; a plain function called by it can't switch.
 *
 * Ordinary code is the main greenlet. It enters by `g.resume(value)`, which gives back what the
 * greenlets in the end switch (or return) to `mainGreenlet`. When a body ends, its parent goes on
 * with its result, or with its error. No event loop takes part.
 *
 * @example
 * ```ts
 * const seen: number[] = []
 * const ping: Greenlet = greenlet(function* () {
 *   seen.push(1)
 *   yield* pong.switch()
 *   seen.push(2)
 *   yield* pong.switch()
 * })
 * const pong: Greenlet = greenlet(function* () {
 *   seen.push(3)
 *   yield* ping.switch()
 *   seen.push(4)
 * })
 * ping.resume()
 * seen // => [1, 3, 2, 4]
 * ```
 */
export class Greenlet {
  readonly #body: GreenletBody | null
  #generator: Generator<unknown, unknown, unknown> | null = null
  #state: 'new' | 'begun' | 'dead' = 'new'
  #parent: Greenlet | null

  /** @internal Use `greenlet(body)`. */
  constructor(body: GreenletBody | null, parent: Greenlet | null) {
    this.#body = body
    this.#parent = parent
  }

  /**
   * Who goes on when this one ends.
   *
   * @throws {@link RangeError} when it is set so that the parents would form a ring
   */
  get parent(): Greenlet | null {
    return this.#parent
  }

  set parent(parent: Greenlet | null) {
    for (let above = parent; above !== null; above = above.#parent) {
      if (above === this) throw new RangeError('the parents of a greenlet must not form a ring')
    }
    this.#parent = parent
  }

  /** Its body has ended. */
  get dead(): boolean {
    return this.#state === 'dead'
  }

  /** Inside a greenlet: goes over to this one; gives what is switched back, in time. */
  switch(...values: unknown[]): Iterable<Transfer, unknown, unknown> {
    return transfer(new Transfer(this, false, values))
  }

  /** Inside a greenlet: goes over to this one by throwing `error` where it stands. */
  throw(error: unknown = new GreenletExit()): Iterable<Transfer, unknown, unknown> {
    return transfer(new Transfer(this, true, error))
  }

  /**
   * From ordinary code: goes over to this greenlet, and gives what comes back to the main one.
   *
   * @throws {@link RuntimeError} if a greenlet is running already: switch from inside it instead
   */
  resume(...values: unknown[]): unknown {
    return enter(new Transfer(this, false, values))
  }

  /** @internal One stretch of the body; gives where control goes from there. */
  _run(isThrow: boolean, value: unknown): Transfer {
    const parent = this.parent ?? mainGreenlet
    // A dead greenlet hands on to its parent what it is given, as Python's does.
    if (this.#state === 'dead') return new Transfer(parent, isThrow, value)
    try {
      const result = this.#step(isThrow, value)
      if (result.done !== true) return checkTransfer(result.value)
      this.#state = 'dead'
      return new Transfer(parent, false, [result.value])
    } catch (error) {
      this.#state = 'dead'
      if (error instanceof GreenletExit) return new Transfer(parent, false, [error])
      return new Transfer(parent, true, error)
    }
  }

  #step(isThrow: boolean, value: unknown): IteratorResult<unknown, unknown> {
    if (this.#generator === null) {
      const body = this.#body as (...args: unknown[]) => Generator<unknown, unknown, unknown>
      if (isThrow) throw value
      const generator = body(...(value as unknown[]))
      if (!isGenerator(generator)) {
        throw new TypeError(
          `greenlet() expected a generator function, got one that gave ${describe(generator)}`,
        )
      }
      this.#generator = generator
      this.#state = 'begun'
      return this.#generator.next()
    }
    return isThrow ? this.#generator.throw(value) : this.#generator.next(unpack(value))
  }
}

/** Ordinary code, outside every greenlet. */
export const mainGreenlet: Greenlet = new Greenlet(null, null)
let current = mainGreenlet

/** The greenlet that is running. greenlet.getcurrent. */
export function currentGreenlet(): Greenlet {
  return current
}

/** Makes a greenlet of a generator function. Its parent is the one that makes it. */
export function greenlet(body: GreenletBody, parent: Greenlet = current): Greenlet {
  if (typeof body !== 'function') {
    throw new TypeError(`greenlet() expected a generator function, got ${describe(body)}`)
  }
  return new Greenlet(body, parent)
}

function* transfer(step: Transfer): Generator<Transfer, unknown, unknown> {
  return yield step
}

function enter(first: Transfer): unknown {
  if (current !== mainGreenlet) {
    throw new RuntimeError('resume() was called inside a greenlet: write yield* g.switch() there')
  }
  let { target, isThrow, value } = first
  try {
    while (target !== mainGreenlet) {
      current = target
      ;({ target, isThrow, value } = target._run(isThrow, value))
    }
  } finally {
    current = mainGreenlet
  }
  if (isThrow) throw value
  return unpack(value)
}

/** One value stands for itself, several for their list, none for undefined. */
function unpack(values: unknown): unknown {
  return (values as unknown[]).length > 1 ? values : (values as unknown[])[0]
}

function checkTransfer(yielded: unknown): Transfer {
  if (yielded instanceof Transfer) return yielded
  throw new RuntimeError(
    `a greenlet yielded ${describe(yielded)}: it can only yield* the switch() or throw() of a greenlet`,
  )
}
