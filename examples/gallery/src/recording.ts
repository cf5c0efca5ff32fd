import type { Voice } from './timeline.ts'

/** What happens to a file: it is asked for (again, after a failure), its first byte comes, it ends. */
export type Moment = 'asked' | 'firstByte' | 'ended' | 'failed'

/** Who asked, received and ended when, in one run: what a timeline is drawn from. */
export class Recording {
  readonly voices: Voice[]
  readonly #begun: number = now()

  /** Begins now. */
  constructor(names: string[]) {
    this.voices = names.map((name) => ({ name }))
  }

  /** Milliseconds since the beginning. */
  now(): number {
    return now() - this.#begun
  }

  /** Notes what happens to file `index`, `at` being a time of {@link now} in any thread. */
  note(index: number, moment: Moment, at: number = now()): void {
    const voice = this.voices[index] as Voice
    const time = at - this.#begun
    if (moment === 'asked') voice.asked ??= time
    else if (moment === 'firstByte') voice.firstByte = time
    else {
      voice.ended = time
      voice.failed = moment === 'failed'
    }
  }
}

/** The time in milliseconds, the same in all threads: each has a clock that begins with it. */
export function now(): number {
  return performance.timeOrigin + performance.now()
}
