/** A stream of pseudo-random numbers that is the same for the same seed everywhere: mulberry32. */
export class Random {
  #state: number

  constructor(seed: number) {
    this.#state = seed | 0
  }

  /** From 0 up to, but not including, 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000
  }

  /** A whole number from `from` to `to`, both included. */
  int(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1))
  }

  chance(probability: number): boolean {
    return this.next() < probability
  }

  pick<T>(items: readonly T[]): T {
    return items[this.int(0, items.length - 1)] as T
  }

  /** One of the keys, each as often as its weight says. */
  weighted<K extends string>(weights: ReadonlyMap<K, number>): K {
    let left = this.next() * [...weights.values()].reduce((sum, weight) => sum + weight, 0)
    let chosen: K | undefined
    for (const [key, weight] of weights) {
      if (weight === 0) continue
      chosen = key
      left -= weight
      if (left < 0) break
    }
    if (chosen === undefined) throw new RangeError('weighted() expected a weight above 0, got none')
    return chosen
  }
}
