import type { MapOptions } from './executor.ts'

/** Tells the iterables of `map` from the options behind them. */
export function optionsOfMap(
  given: readonly unknown[],
): [Iterable<unknown>[], Required<MapOptions>] {
  const last = given.at(-1)
  const hasOptions = typeof last === 'object' && last !== null && !(Symbol.iterator in last)
  const sources = hasOptions ? given.slice(0, -1) : given
  for (const [index, source] of sources.entries()) {
    const isIterable =
      typeof source === 'string' ||
      (typeof source === 'object' && source !== null && Symbol.iterator in source)
    if (!isIterable) {
      throw new TypeError(
        `map: the argument ${index + 2} must be an iterable, got ${source === null ? 'null' : typeof source}`,
      )
    }
  }
  if (sources.length === 0) throw new TypeError('map expected a function and at least one iterable')
  const {
    timeout = null,
    chunksize = 1,
    buffersize = null,
  } = (hasOptions ? last : {}) as MapOptions
  checkCount('chunksize', chunksize)
  if (buffersize !== null) checkCount('buffersize', buffersize)
  if (timeout !== null && !(timeout >= 0)) {
    throw new RangeError(`map: the timeout must be in ms, 0 or more, got ${timeout}`)
  }
  return [sources as Iterable<unknown>[], { timeout, chunksize, buffersize }]
}

/** Lists of one item of each, until the shortest ends. */
export function* zip(sources: readonly Iterable<unknown>[]): Generator<unknown[], void, undefined> {
  const iterators = sources.map((source) => source[Symbol.iterator]())
  let ended = -1
  try {
    for (;;) {
      const items: unknown[] = []
      for (const [index, iterator] of iterators.entries()) {
        const step = iterator.next()
        if (step.done === true) {
          ended = index
          return
        }
        items.push(step.value)
      }
      yield items
    }
  } finally {
    for (const [index, iterator] of iterators.entries()) if (index !== ended) iterator.return?.()
  }
}

function checkCount(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return
  throw new RangeError(`map: ${name} must be a whole number, 1 or more, got ${value}`)
}
