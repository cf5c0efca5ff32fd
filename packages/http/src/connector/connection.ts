import type { Socket } from 'node:net'
import { Client } from 'undici'
import type { Destroyable } from './connect.ts'
import type { Exchange } from './exchange.ts'
import type { Route } from './route.ts'

// Nobody sees it: whoever used the connection has had an error that says why. One of its own for each,
// which undici would make, takes longer than all else that closing does in JavaScript.
const closed = new Error('the connection was closed')

/**
 * One connection to a server, for one exchange at a time: an undici Client that never has a queue, so
 * that a request that is given up never waits for another one.
 */
export class Connection {
  readonly client: Client
  readonly #route: Route
  #opening: Destroyable | null = null
  #socket: Socket | null = null
  /** Who has it now. */
  exchange: Exchange | null = null

  constructor(route: Route) {
    this.#route = route
    this.client = new Client(route.next.origin, {
      ...route.settings,
      connect: (_options, callback) => this.#connect(callback as Callback),
    })
    this.client.on('disconnect', () => {
      this.#socket = null
      if (this.exchange === null) this.#route.dropIdle(this)
    })
  }

  /** It stands; otherwise using it would open a new one. */
  get isOpen(): boolean {
    return this.#socket !== null && !this.#socket.destroyed
  }

  /** Closes it, in whatever state it is. */
  destroy(): void {
    // A socket that stands is undici's to close: under HTTP/2 it must not find it gone.
    this.#opening?.destroy()
    void this.client.destroy(closed)
  }

  #connect(callback: Callback): void {
    this.exchange?.onConnecting()
    let isOver = false
    const opening = this.#route.connect(this.exchange, (error, socket) => {
      // A socket that is destroyed early may still tell why.
      if (isOver) return
      isOver = true
      this.#opening = null
      if (socket !== null) {
        this.#socket = socket
        this.exchange?.onConnected()
      }
      callback(error, socket)
    })
    if (!isOver) this.#opening = opening
  }
}

type Callback = (error: Error | null, socket: Socket | null) => void
