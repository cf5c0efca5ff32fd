import type { Transferable } from 'node:worker_threads'
import type { DataCloneProblem } from '../errors/errors.ts'
import { encodeError } from '../wire/errors.ts'
import {
  CALL_STRIDE,
  ERROR,
  FIRST_CALL,
  type Order,
  type Requests,
  VOID,
} from '../wire/messages.ts'
import { explain, explainArguments, type Medium } from '../wire/values.ts'
import type { Call } from './call.ts'
import type { Link } from './link.ts'

/** What is handed out is sent at once when it is this much. */
const MOST_CALLS = 128

type Lists = Map<Order, readonly object[]>

/** What a worker is to be told: one message a turn. */
export class Outbox {
  readonly #link: Link
  readonly #medium: Medium
  readonly #refuse: (call: Call<unknown>, problem: DataCloneProblem) => void
  #message: Requests = [null]
  /** The same calls, for who has to tell that one of them can't be sent. */
  #sources: Call<unknown>[] = []
  #orders: Order[] | null = null
  #lists: Lists | null = null
  #transferList: object[] = []
  #isPlanned = false
  #isClosed = false

  constructor(
    link: Link,
    medium: Medium,
    refuse: (call: Call<unknown>, problem: DataCloneProblem) => void,
  ) {
    this.#link = link
    this.#medium = medium
    this.#refuse = refuse
  }

  /** One more call; `isUrgent` sends it at once, with what else is there. */
  add(call: Call<unknown>, isUrgent: boolean): void {
    const { _transferList: handed } = call
    this.#message.push(call._slot, call._fn.id, call._args, call._kind)
    this.#sources.push(call)
    if (handed.length > 0) this.#transferList.push(...handed)
    // An idle worker is woken at once; what else comes in this turn follows in one message.
    if (isUrgent || this.#sources.length >= MOST_CALLS) this.flush()
    else this.#plan()
  }

  /** Takes a call back that has not been sent; false if it has. */
  retract(call: Call<unknown>): boolean {
    const index = this.#sources.lastIndexOf(call)
    if (index < 0) return false
    this.#message[placeOf(index) + 2] = []
    this.#message[placeOf(index) + 3] = VOID
    return true
  }

  /** It is obeyed before the calls of the same message begin. */
  order(order: Order, transferList: readonly object[] = []): void {
    this.#orders ??= []
    this.#orders.push(order)
    if (transferList.length > 0) {
      this.#lists ??= new Map()
      this.#lists.set(order, transferList)
      this.#transferList.push(...transferList)
    }
    this.#plan()
  }

  flush(): void {
    const message = this.#message
    const orders = this.#orders
    if (this.#isClosed || (orders === null && message.length === FIRST_CALL)) return
    const sources = this.#sources
    const lists = this.#lists
    const transferList = this.#transferList
    message[0] = orders
    this.#message = [null]
    this.#sources = []
    this.#orders = null
    this.#lists = null
    if (transferList.length > 0) this.#transferList = []
    try {
      this.#link.post(message, transferList)
    } catch {
      for (const order of orders ?? []) this.#postOrder(order, lists?.get(order) ?? [])
      for (const [index, call] of sources.entries()) {
        this.#postCall(message.slice(placeOf(index), placeOf(index + 1)), call)
      }
    }
  }

  /** The worker is gone. */
  close(): void {
    this.#isClosed = true
  }

  #plan(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    process.nextTick(flushPlanned, this)
  }

  static flushPlanned(outbox: Outbox): void {
    outbox.#isPlanned = false
    outbox.flush()
  }

  /** Something in the message can't travel, though its parts looked so: each by itself. */
  #postOrder(order: Order, transferList: readonly object[]): void {
    try {
      this.#link.post([[order]], transferList)
    } catch (error) {
      if (order[0] !== 'answer') throw error
      const [, id, , value] = order
      const packed = { value, transferList: transferList as Transferable[] }
      const problem = explain(packed, 'the result', error, this.#medium)
      this.#link.post([[['answer', id, ERROR, encodeError(problem)]]], [])
    }
  }

  #postCall(request: unknown[], call: Call<unknown>): void {
    const transferList = call._transferList as Transferable[]
    try {
      this.#link.post([null, ...request], transferList)
    } catch (error) {
      const packed = { value: call._args, transferList }
      this.#refuse(call, explainArguments(packed, error, this.#medium))
      // The worker counts what it gets, and answers: its place is free then.
      this.#link.post([null, call._slot, call._fn.id, [], VOID], [])
    }
  }
}

const { flushPlanned } = Outbox

/** Of a call, in its message. */
function placeOf(index: number): number {
  return FIRST_CALL + index * CALL_STRIDE
}
