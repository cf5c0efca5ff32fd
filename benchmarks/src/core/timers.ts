import type { Case } from '../lib/case.ts'

// 100,000 timers of 1 to 100 ms are set, every second one is cancelled, the others fire: timeouts of
// a busy server. Both make the same timers in the same order with the same callback. The waiting in
// between is not in the figure: the thread is kept busy until all are due, and the clock then runs
// until the last has fired. A hundred different delays suit setTimeout, which keeps a list for each.
const TIMERS = 100_000
const LONGEST_MS = 100

/** 1 to LONGEST_MS, the same sequence each time. */
const delayOf = (index: number): number => 1 + ((index * 7919) % LONGEST_MS)

/** The clock of one sample: stops while the timers become due, and for good when the last fires. */
class Stopwatch {
  readonly fired: Promise<void>
  readonly #start = performance.now()
  #restart = 0
  #left = TIMERS / 2
  #ms = 0
  #resolve = (): void => {}

  constructor() {
    this.fired = new Promise((resolve) => {
      this.#resolve = resolve
    })
  }

  readonly fire = (): void => {
    this.#left -= 1
    if (this.#left > 0) return
    this.#ms += performance.now() - this.#restart
    this.#resolve()
  }

  /** After the last timer was set and cancelled. */
  passUntilAllAreDue(): void {
    this.#ms += performance.now() - this.#start
    const due = performance.now() + LONGEST_MS + 2
    while (performance.now() < due);
    this.#restart = performance.now()
  }

  get nsPerTimer(): number {
    return (this.#ms * 1e6) / TIMERS
  }
}

export const timers: Case = {
  name: 'timers',
  processes: 3,
  rounds: 5,
  warmUpMs: 300,
  rows: [
    {
      case: '100,000 timers, half of them cancelled',
      unit: 'ns per timer',
      hocket: 'callLater',
      peer: 'setTimeout and clearTimeout',
      bar: 1,
    },
  ],
  contenders: {
    callLater: {
      prepare: async () => {
        const { ensureFuture, getRunningLoop, run } = await import('hocket')
        const main = function* () {
          const loop = getRunningLoop()
          const watch = new Stopwatch()
          const handles = []
          for (let i = 0; i < TIMERS; i++) handles.push(loop.callLater(delayOf(i), watch.fire))
          for (let i = 0; i < TIMERS; i += 2) handles[i]?.cancel()
          watch.passUntilAllAreDue()
          yield* ensureFuture(watch.fired)
          return watch.nsPerTimer
        }
        return () => run(main)
      },
    },
    'setTimeout and clearTimeout': {
      prepare: async () => async () => {
        const watch = new Stopwatch()
        const handles = []
        for (let i = 0; i < TIMERS; i++) handles.push(setTimeout(watch.fire, delayOf(i)))
        for (let i = 0; i < TIMERS; i += 2) clearTimeout(handles[i])
        watch.passUntilAllAreDue()
        await watch.fired
        return watch.nsPerTimer
      },
    },
  },
}
