import { type Executor, moduleFunctions, transfer } from '@hocket/executors'
import type { Tally } from './tally.ts'
import type * as Work from './work.ts'

export const work = moduleFunctions<typeof Work>(new URL('./work.js', import.meta.url))

const BYTES = 16 * 1024

/** Keeps so many calls of every kind under way, until it is stopped. */
export class Load {
  readonly #executor: Executor
  readonly #tally: Tally
  readonly #random: () => number
  readonly #data = new Uint8Array(BYTES)
  #isStopped = false
  #n = 0

  constructor(executor: Executor, tally: Tally, random: () => number) {
    this.#executor = executor
    this.#tally = tally
    this.#random = random
  }

  start(inFlight: number): void {
    for (let i = 0; i < inFlight; i++) this.#next()
  }

  stop(): void {
    this.#isStopped = true
  }

  #next(): void {
    if (this.#isStopped) return
    const n = this.#n++
    const executor = this.#executor
    const next = () => this.#next()
    const choice = this.#random()
    if (choice < 0.9) this.#tally.follow(executor.submit(work.number, n), { result: n }, next)
    else if (choice < 0.92) {
      this.#tally.follow(executor.submit(work.bytes, this.#data), { result: BYTES }, next)
    } else if (choice < 0.93) {
      const buffer = new ArrayBuffer(BYTES)
      const call = executor.submit(work.length, transfer(buffer, [buffer]))
      this.#tally.follow(call, { result: BYTES }, next)
    } else if (choice < 0.94) {
      this.#tally.follow(executor.submit(work.fail, n), { error: 'raised' }, next)
    } else if (choice < 0.95) {
      this.#tally.follow(executor.submit(work.notCloneable, n), { error: 'refused' }, next)
    } else if (choice < 0.97) {
      this.#follow(executor.submit(work.block, 2), { result: 2 }, next)
    } else this.#follow(executor.submit(work.wait, 5), { result: 5 }, next)
  }

  /** Half of these are cancelled, before they begin or while they run. */
  #follow(
    future: Parameters<Tally['follow']>[0],
    expected: { result: number },
    next: () => void,
  ): void {
    this.#tally.follow(future, expected, next)
    const choice = this.#random()
    if (choice < 0.25) future.cancel()
    else if (choice < 0.5) setTimeout(() => future.cancel({ interrupt: true }), 3)
  }
}
