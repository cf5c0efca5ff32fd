import { type Driver, Suspension } from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'
import { type Awaitable, isAwaitable, iterate } from './awaitable.ts'
import type { FrameDriver } from './drive.ts'
import type { Frame } from './frame.ts'
import { disposeOf, Resources } from './resources.ts'

export const kHolder: unique symbol = Symbol('holder')

/** Where a body keeps what `use` opens in it. */
export interface ResourceHolder {
  resources: Resources | null
}

/** A body that outlives its frame: that of an async generator has one for each value. */
interface LongBody {
  readonly [kHolder]?: ResourceHolder
}

/** Keeps a resource until the innermost frame ends; nothing is waited for. */
class Keep extends Suspension {
  readonly #resource: unknown

  constructor(resource: unknown) {
    super()
    this.#resource = resource
  }

  _suspend(driver: Driver): boolean {
    const frame = (driver as FrameDriver)._frame as Frame
    const holder = (frame.body as LongBody)[kHolder] ?? (frame as ResourceHolder)
    holder.resources ??= new Resources()
    holder.resources.push(this.#resource)
    return false
  }
}

/**
 * `await using` for generator coroutines: waits for `resource` if it is an awaitable, and closes it
 * when the coroutine (or async generator) that says `yield* use(…)` ends, in whatever way. Several are closed from the
 * last to the first, each awaited, also when the coroutine is cancelled. Nothing can come between
 * getting the resource and keeping it.
 *
 * If closing fails too, the error thrown is a SuppressedError with both. `await using`, TC39.
 *
 * @throws {@link TypeError} if the resource has neither `Symbol.asyncDispose` nor `Symbol.dispose`
 *
 * @example
 * ```ts
 * const events: string[] = []
 * const read = coroutine(function* () {
 *   yield* use({ [Symbol.asyncDispose]: async () => void events.push('closed') })
 *   events.push('reading')
 * })
 * await run(read())
 * events // => ['reading', 'closed']
 * ```
 */
export function use<R extends AsyncDisposable | Disposable | null | undefined>(
  resource: R | Awaitable<R>,
): Iterable<Suspension, R, unknown> {
  return { [Symbol.iterator]: () => keep(resource) }
}

function* keep<R>(given: R | Awaitable<R>): Generator<Suspension, R, unknown> {
  const resource = isAwaitable(given) ? yield* iterate(given as Awaitable<R>) : (given as R)
  if (disposeOf(resource) === undefined) {
    throw new TypeError(
      `use() expected a resource with Symbol.asyncDispose or Symbol.dispose, got ${describe(resource)}`,
    )
  }
  yield new Keep(resource)
  return resource
}
