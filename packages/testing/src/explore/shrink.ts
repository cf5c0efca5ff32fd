import type { Outcome } from './play.ts'
import { Replay } from './replay.ts'
import type { Choice } from './schedule.ts'
import type { Strategy } from './strategy.ts'

// Each candidate is a run of the whole body.
const MOST_TRIES = 400

/**
 * Takes out of a failing schedule what it does not need, in halves, quarters and so on: the fewer
 * departures from FIFO order are left, the easier it is to read.
 */
export async function shrink(
  failing: Outcome,
  play: (strategy: Strategy) => Promise<Outcome>,
): Promise<Outcome> {
  let best = failing
  let tries = 0
  let size = departuresOf(best.choices).length
  while (size >= 1) {
    let start = 0
    for (;;) {
      const departures = departuresOf(best.choices)
      if (start >= departures.length || tries >= MOST_TRIES) break
      tries += 1
      const candidate = without(best.choices, new Set(departures.slice(start, start + size)))
      const outcome = await play(new Replay(candidate, { isLenient: true }))
      const isSimpler = departuresOf(outcome.choices).length < departures.length
      if (isSimpler && isAlike(outcome, failing)) best = outcome
      else start += size
    }
    size = Math.floor(size / 2)
  }
  return best
}

/** Fails in the same way; what is simpler and fails in another one is another fault. */
function isAlike(outcome: Outcome, failing: Outcome): boolean {
  return outcome.failure !== null && nameOf(outcome) === nameOf(failing)
}

function nameOf({ failure }: Outcome): unknown {
  return (failure?.error as Error | undefined)?.name
}

function departuresOf(choices: readonly Choice[]): number[] {
  return choices.flatMap((choice, index) => (choice === 0 ? [] : [index]))
}

/** A cancellation is dropped; another handle becomes the oldest one. */
function without(choices: readonly Choice[], dropped: ReadonlySet<number>): Choice[] {
  return choices.flatMap((choice, index) => {
    if (!dropped.has(index)) return [choice]
    return choice < 0 ? [] : [0]
  })
}
