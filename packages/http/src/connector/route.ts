import type { Client, Dispatcher } from 'undici'
import type { Target } from '../base/target.ts'
import { ClientConnectionError } from '../errors/connection-errors.ts'
import type { Connect } from './connect.ts'
import { Connection } from './connection.ts'
import { Slots } from './slots.ts'

/** What a route is made of. */
export interface RoutePlan {
  /** Where its connections lead: the server, or a proxy that forwards. */
  readonly next: Target
  /** The proxy is asked for whole URLs. */
  readonly isForwarded: boolean
  /** Sent with every request: names and values by turns. */
  readonly headers: readonly string[]
  readonly connect: Connect
  readonly settings: Client.Options
  readonly limit: number
}

/**
 * The way to one server, as some requests want it (through which proxy, checked how): its idle
 * connections, and how many are in use.
 */
export class Route {
  readonly next: Target
  readonly isForwarded: boolean
  readonly headers: readonly string[]
  readonly connect: Connect
  readonly settings: Client.Options
  readonly slots: Slots
  // The one used last is used first, so that the others can grow old and close.
  readonly #idle: Connection[] = []
  readonly #busy = new Set<Connection>()

  constructor(plan: RoutePlan) {
    this.next = plan.next
    this.isForwarded = plan.isForwarded
    this.headers = plan.headers
    this.connect = plan.connect
    this.settings = plan.settings
    this.slots = new Slots(plan.limit)
  }

  /** What undici is told of a request. */
  optionsFor(
    method: string,
    target: Target,
    headers: readonly string[],
  ): Dispatcher.DispatchOptions {
    return {
      path: this.isForwarded ? target.origin + target.path : target.path,
      method: method as Dispatcher.HttpMethod,
      headers: (this.headers.length === 0 ? headers : this.#headersOn(headers)) as string[],
      // With one request at a time there is nobody that it could hold up.
      blocking: false,
    }
  }

  /** What the request says, and of the route's what it does not say. */
  #headersOn(own: readonly string[]): string[] {
    const said = new Set<string>()
    for (let i = 0; i < own.length; i += 2) said.add((own[i] as string).toLowerCase())
    const all = [...own]
    for (let i = 0; i < this.headers.length; i += 2) {
      const [name, value] = this.headers.slice(i, i + 2) as [string, string]
      if (!said.has(name.toLowerCase())) all.push(name, value)
    }
    return all
  }

  get idleCount(): number {
    return this.#idle.length
  }

  /** A connection that stands, or a new one that will be opened by using it. */
  take(): Connection {
    let found = this.#idle.pop()
    while (found !== undefined && !found.isOpen) {
      found.destroy()
      found = this.#idle.pop()
    }
    const connection = found ?? new Connection(this)
    this.#busy.add(connection)
    return connection
  }

  /** It may be used again. */
  giveBack(connection: Connection): void {
    connection.exchange = null
    if (!this.#busy.delete(connection)) return
    this.#idle.push(connection)
  }

  /** It may not. */
  discard(connection: Connection): void {
    connection.exchange = null
    this.#busy.delete(connection)
    connection.destroy()
  }

  dropIdle(connection: Connection): void {
    const at = this.#idle.indexOf(connection)
    if (at < 0) return
    this.#idle.splice(at, 1)
    connection.destroy()
  }

  /** Nobody uses it, and nothing would be lost by forgetting it. */
  get isUnused(): boolean {
    return this.slots.active === 0 && this.slots.queue.size === 0 && this.#idle.length === 0
  }

  close(): void {
    for (const { exchange } of this.#busy) {
      exchange?.expire(new ClientConnectionError('the connector was closed'))
    }
    for (const connection of this.#idle) connection.destroy()
    this.#idle.length = 0
  }
}
