import type { Call } from './call.ts'
import type { WorkerHandle } from './worker-handle.ts'

/** How often workers with calls in advance are looked after. */
const STALL_MS = 5

/** Sees to it that no call waits behind one that is long while other workers have nothing to do. */
export class StallWatch {
  readonly #workers: readonly WorkerHandle[]
  readonly #takeBack: (calls: Call<unknown>[]) => void
  #timer: NodeJS.Timeout | null = null

  /** @param takeBack is given what has been taken from workers, also if that is nothing */
  constructor(workers: readonly WorkerHandle[], takeBack: (calls: Call<unknown>[]) => void) {
    this.#workers = workers
    this.#takeBack = takeBack
  }

  /** A worker has got something in advance. */
  begin(): void {
    if (this.#timer === null) this.#timer = setTimeout(this.#look, STALL_MS).unref()
  }

  readonly #look = (): void => {
    this.#timer = null
    const stuck: Call<unknown>[] = []
    for (const worker of this.#workers) stuck.push(...worker.takeStuck())
    this.#takeBack(stuck)
    if (this.#workers.some((worker) => worker.hasAdvance)) this.begin()
  }
}
