import { ConnectionResetError } from '../errors/streams.ts'
import type { Suspension } from '../future/suspension.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Transport } from './transport.ts'
import { TransportWaits } from './transport-waits.ts'

/** Who waits until a transport takes more. asyncio.streams.FlowControlMixin, CPython 3.13. */
export class FlowControl {
  #isPaused = false
  #isLost = false
  readonly #draining: TransportWaits

  constructor(loop: EventLoop) {
    this.#draining = new TransportWaits(loop, 'room in a StreamWriter')
  }

  pause(): void {
    this.#isPaused = true
  }

  resume(): void {
    this.#isPaused = false
    this.#draining.wake(null)
  }

  lose(error: unknown): void {
    this.#isLost = true
    if (this.#isPaused) this.#draining.wake(error)
  }

  *drain(transport: Transport): Generator<Suspension, void, unknown> {
    if (this.#isLost) throw new ConnectionResetError('the connection is lost')
    if (this.#isPaused) yield* this.#draining.wait(transport)
  }
}
