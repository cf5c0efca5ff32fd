import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import { getRunningLoop } from '../loop/running.ts'
import { checkConcurrency, checkFunction, DEFAULT_CONCURRENCY } from './map-options.ts'
import { type MapBody, MapRun, type MapSink, type MapWork } from './map-run.ts'
import { type AsyncMapSource, checkSource, type MapSource } from './map-source.ts'

/** Results of nobody's interest. */
const nowhere: MapSink = { put() {}, held: 0, end() {}, result: undefined }

const start = coroutine(function* forEach(work: MapWork) {
  yield* new MapRun<void>(getRunningLoop(), work, nowhere)
})

/**
 * `map` without results: calls `fn(item, index)` for each item, each call in a task of its own, at
 * most `concurrency` at once (32 when left out). An async iterable is pulled only when there is room,
 * so it may be endless. Errors, cancellation and the closing of the source are those of {@link map}.
 *
 * @throws {@link TypeError} if `source` is not iterable or `fn` no function
 * @throws {@link RangeError} if `concurrency` is not a whole number from 1, or Infinity
 *
 * @example
 * ```ts
 * const seen: number[] = []
 * const note = async (n: number) => {
 *   await sleep(10 * n)
 *   seen.push(n)
 * }
 * await run(forEach([3, 1, 2], note, { concurrency: 2 }))
 * seen // => [1, 3, 2]
 * ```
 */
export function forEach<T>(
  source: AsyncMapSource<T>,
  fn: MapBody<T, unknown>,
  options?: { concurrency?: number },
): Coroutine<void>
export function forEach<T>(
  source: MapSource<T>,
  fn: MapBody<T, unknown>,
  options?: { concurrency?: number },
): Coroutine<void>
export function forEach<T>(
  source: MapSource<T>,
  fn: MapBody<T, unknown>,
  options: { concurrency?: number } = {},
): Coroutine<void> {
  const { concurrency = DEFAULT_CONCURRENCY } = options
  checkSource(source, 'forEach')
  checkFunction(fn, 'forEach')
  checkConcurrency(concurrency, 'forEach')
  const work = { name: 'forEach', source, fn: fn as MapBody<unknown, unknown>, concurrency }
  return start(work)
}
