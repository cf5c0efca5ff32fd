import type { Transferable } from 'node:worker_threads'
import { encodeError } from '../wire/errors.ts'
import {
  ERROR,
  FIRST_REPLY,
  type News,
  REPLY_STRIDE,
  RESULT,
  type Replies,
} from '../wire/messages.ts'
import { explain, explainArguments, type Medium, type Packed } from '../wire/values.ts'
import type { Line } from './line.ts'

/** What the pool is to be told: one message a turn, or a ms where turns take long. */
export class Outbox {
  readonly #line: Line
  readonly #medium: Medium
  #message: Replies = [null, null]
  #durations: number[] | null = null
  #transferList: object[] = []
  /** What is handed over with the reply of a slot. */
  #lists: Map<number, readonly object[]> | null = null
  #isPlanned = false

  constructor(line: Line, medium: Medium) {
    this.#line = line
    this.#medium = medium
  }

  /** How many replies wait to be sent. */
  get count(): number {
    return (this.#message.length - FIRST_REPLY) / REPLY_STRIDE
  }

  reply(slot: number, status: number, value: unknown): void {
    this.#message.push(slot, status, value)
  }

  succeed(slot: number, { value, transferList }: Packed): void {
    this.#message.push(slot, RESULT, value)
    if (transferList.length === 0) return
    this.#lists ??= new Map()
    this.#lists.set(slot, transferList)
    this.#transferList.push(...transferList)
  }

  /** Calls of that function take so long. */
  learn(id: number, duration: number): void {
    this.#durations ??= []
    this.#durations.push(id, duration)
  }

  /** Sends news behind what is there. */
  announce(news: News): void {
    this.flush()
    this.#line.post([null, news], [])
  }

  /** @throws {@link DataCloneProblem} if the value can't travel after all */
  announceProgress(slot: number, packed: Packed): void {
    this.flush()
    try {
      this.#line.post([null, ['progress', slot, packed.value]], packed.transferList)
    } catch (error) {
      throw explain(packed, 'the progress', error, this.#medium)
    }
  }

  /** @throws {@link DataCloneProblem} if an argument can't travel after all */
  ask(id: number, reference: (News & readonly ['ask', ...unknown[]])[2], packed: Packed): void {
    this.flush()
    const news: News = ['ask', id, reference, packed.value as unknown[]]
    try {
      this.#line.post([null, news], packed.transferList)
    } catch (error) {
      throw explainArguments(packed, error, this.#medium)
    }
  }

  /** At the end of this turn. */
  planFlush(): void {
    if (this.#isPlanned) return
    this.#isPlanned = true
    process.nextTick(() => {
      this.#isPlanned = false
      this.flush()
    })
  }

  flush(): void {
    const message = this.#message
    if (message.length === FIRST_REPLY) return
    const transferList = this.#transferList
    const lists = this.#lists
    message[0] = this.#durations
    this.#message = [null, null]
    this.#durations = null
    if (lists !== null) {
      this.#transferList = []
      this.#lists = null
    }
    try {
      this.#line.post(message, transferList)
    } catch {
      this.#postOneByOne(message, lists)
    }
  }

  /** One of them can't travel, though it looked so: that one goes as its error. */
  #postOneByOne(message: Replies, lists: ReadonlyMap<number, readonly object[]> | null): void {
    this.#line.post(message.slice(0, FIRST_REPLY), [])
    for (let index = FIRST_REPLY; index < message.length; index += REPLY_STRIDE) {
      const reply = message.slice(index, index + REPLY_STRIDE)
      const [slot, , value] = reply as [number, number, unknown]
      const transferList = (lists?.get(slot) ?? []) as readonly Transferable[]
      try {
        this.#line.post([null, null, ...reply], transferList)
      } catch (error) {
        const problem = explain({ value, transferList }, 'the result', error, this.#medium)
        this.#line.post([null, null, slot, ERROR, encodeError(problem)], [])
      }
    }
  }
}
