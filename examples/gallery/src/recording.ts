import type { DownloadEvent } from '@hocket/download'
import { getRunningLoop } from 'hocket'
import type { Voice } from './timeline.ts'

/** Who asked, received and ended when, in one run: what a timeline is drawn from. */
export class Recording {
  readonly voices: Voice[]
  readonly #loop = getRunningLoop()
  readonly #begun: number = this.#loop.time()

  /** Begins now; must be made inside a running loop, whose clock it reads. */
  constructor(names: string[]) {
    this.voices = names.map((name) => ({ name }))
  }

  /** Milliseconds since the beginning. */
  now(): number {
    return this.#loop.time() - this.#begun
  }

  /** What the download of file `index` reports to. */
  listener(index: number): (event: DownloadEvent) => void {
    const voice = this.voices[index] as Voice
    return ({ type }) => {
      if (type === 'request') voice.asked = this.now()
      else if (type === 'response') voice.firstByte = this.now()
      else if (type === 'saved') voice.ended = this.now()
    }
  }
}
