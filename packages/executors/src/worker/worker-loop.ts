import { performance } from 'node:perf_hooks'
import { copyContext, getEventLoop } from 'hocket'
import { referenceOf } from '../functions/reference.ts'
import { resolveFunction } from '../functions/resolve.ts'
import { decodeError, encodeError } from '../wire/errors.ts'
import {
  BEGUN,
  CALL_STRIDE,
  CANCELLED,
  FIRST_CALL,
  FIRST_SLOT,
  INTERRUPTED,
  OFFERED,
  type Order,
  RESULT,
  type Requests,
  type Setup,
  SKIPPED,
  VOID,
} from '../wire/messages.ts'
import { pack, packArguments } from '../wire/values.ts'
import { Answer } from './answer.ts'
import { BegunCalls } from './begun-calls.ts'
import { Inbox } from './inbox.ts'
import { becomeWorker, type Host, type Job } from './job.ts'
import { type AnyFunction, KnownFunction } from './known-function.ts'
import type { Line } from './line.ts'
import { Outbox } from './outbox.ts'
import { isAsync, Runner } from './runner.ts'

/** Replies that are older than this are sent even while calls go on. */
const FLUSH_AFTER_MS = 1
/** Before a call that may take longer than this, what is done is sent. */
const SHORT_MS = 0.05

/** Takes calls one after the other, in the order in which they came. */
export class WorkerLoop implements Host {
  readonly setup: Setup
  readonly #line: Line
  readonly #slots: Int32Array
  readonly #outbox: Outbox
  readonly #runner: Runner
  readonly #begunCalls: BegunCalls | null
  readonly #functions: KnownFunction[] = []
  readonly #inbox = new Inbox()
  readonly #answers = new Map<number, Answer<unknown>>()
  #asked = 0
  #isRunning = false
  /** The first call in the inbox has begun: its function is being loaded. */
  #isLoading = false
  #isStopping = false
  #flushedAt = 0

  constructor(setup: Setup, line: Line, slots: Int32Array) {
    this.setup = setup
    this.#line = line
    this.#slots = slots
    this.#outbox = new Outbox(line, setup.kind)
    this.#runner = new Runner(line, setup.kind, this.#outbox, () => this.#continue())
    this.#begunCalls =
      line.noteBegun === null ? null : new BegunCalls(setup.callsAtOnce, line.noteBegun)
    becomeWorker(this)
    process.on('uncaughtExceptionMonitor', (error) => {
      this.#outbox.announce(['fatal', encodeError(error)])
    })
    process.on('exit', (code) => {
      this.#begunCalls?.settle()
      this.#outbox.announce(['exit', code])
    })
  }

  async start(): Promise<void> {
    const { initializer, initargs } = this.setup
    try {
      if (initializer !== null) {
        const initialize = (await resolveFunction(initializer)) as AnyFunction
        const result = initialize(...initargs)
        if (isAsync(result)) {
          const source = () => result as PromiseLike<unknown>
          await getEventLoop().createTask<unknown>(source, { context: copyContext() })
        }
      }
    } catch (error) {
      this.#outbox.announce(['initializer failed', encodeError(error)])
      return
    }
    this.#outbox.announce(['ready'])
  }

  receive(message: unknown): void {
    this.#accept(message as Requests)
    this.#run()
  }

  tell(job: Job, value: unknown): void {
    this.#outbox.announceProgress(job.slot, pack(value, 'the progress', this.setup.kind))
  }

  ask(fn: (...args: never[]) => unknown, args: unknown[]): object {
    const id = ++this.#asked
    const reference = referenceOf(fn)
    this.#outbox.ask(id, reference, packArguments(args, this.setup.kind))
    const answer: Answer<unknown> = new Answer((timeout): boolean =>
      this.#waitSync(answer, timeout),
    )
    this.#answers.set(id, answer)
    return answer
  }

  #accept(requests: Requests): void {
    const orders = requests[0]
    // Before the calls: an interruption may be for a call whose slot is that of one of these by now.
    if (orders !== null) for (const order of orders) this.#obey(order)
    if (this.setup.kind === 'process') {
      for (let index = FIRST_CALL; index < requests.length; index += CALL_STRIDE) {
        this.#slots[FIRST_SLOT + (requests[index] as number)] = OFFERED
      }
    }
    this.#inbox.push(requests)
  }

  #obey(order: Order): void {
    if (order[0] === 'function') {
      this.#functions[order[1]] = new KnownFunction(order[1], order[2])
    } else if (order[0] === 'interrupt') {
      const [, slot] = order
      if (this.#runner.interrupt(slot) || this.setup.kind === 'thread') return
      // It has not begun, and won't. With a thread the pool itself has seen to that.
      Atomics.compareExchange(this.#slots, FIRST_SLOT + slot, OFFERED, INTERRUPTED)
    } else if (order[0] === 'stop') this.#isStopping = true
    else if (order[0] === 'answer') {
      const [, id, status, value] = order
      const answer = this.#answers.get(id)
      this.#answers.delete(id)
      if (status === RESULT) answer?.setResult(value)
      else answer?.setException(decodeError(value as never))
    }
  }

  /** A task has ended: others may begin. */
  #continue(): void {
    if (this.#inbox.length > 0 || this.#isStopping) this.#run()
  }

  #run(): void {
    if (this.#isRunning || this.#isLoading) return
    this.#isRunning = true
    const outbox = this.#outbox
    let now = performance.now()
    this.#flushedAt = now
    while (this.#inbox.length > 0 && this.#runner.active < this.setup.callsAtOnce) {
      const known = this.#functions[this.#inbox.functionId] as KnownFunction
      const { duration } = known
      if (outbox.count > 0 && !(duration < SHORT_MS && duration >= 0)) outbox.flush()
      if (!this.#claim(known)) continue
      if (known.fn === null) {
        void this.#load(known)
        break
      }
      now = this.#begin(known, now)
      if (now - this.#flushedAt >= FLUSH_AFTER_MS) {
        outbox.flush()
        this.#flushedAt = now
      }
    }
    this.#isRunning = false
    outbox.flush()
    const isIdle = this.#inbox.length === 0 && this.#runner.active === 0 && !this.#isLoading
    if (this.#isStopping && isIdle) this.#line.close()
  }

  /** The first call in the inbox begins now; false if it must not, and is out of the inbox. */
  #claim(known: KnownFunction): boolean {
    const inbox = this.#inbox
    const { slot } = inbox
    if (this.#begunCalls !== null) {
      const open = this.#line.isSent() ? this.#outbox.count + this.#runner.active : Infinity
      this.#begunCalls.next(open, known.duration, inbox.length - 1)
    }
    const place = FIRST_SLOT + slot
    const was = Atomics.compareExchange(this.#slots, place, OFFERED, BEGUN)
    if (was === OFFERED && inbox.kind !== VOID) return true
    inbox.shift()
    this.#outbox.reply(slot, was === INTERRUPTED ? CANCELLED : SKIPPED, null)
    return false
  }

  /** Runs what was claimed, at the time `before`; gives the time now. */
  #begin(known: KnownFunction, before: number): number {
    const { slot, args, kind } = this.#inbox
    this.#inbox.shift()
    this.#runner.begin(known, slot, args, kind)
    const now = performance.now()
    if (!known.isCoroutine && known.measure(now - before)) {
      this.#outbox.learn(known.id, known.duration)
    }
    return now
  }

  /** For the first call in the inbox, which may be the end of this worker. */
  async #load(known: KnownFunction): Promise<void> {
    this.#isLoading = true
    await known.load()
    this.#isLoading = false
    this.#begin(known, performance.now())
    this.#run()
  }

  #waitSync(answer: Answer<unknown>, timeout: number | null): boolean {
    const { receiveSync } = this.#line
    if (receiveSync === null) return false
    const end = performance.now() + (timeout ?? Infinity)
    while (!answer.done()) {
      const left = end - performance.now()
      if (left <= 0) break
      const message = receiveSync(left)
      if (message !== undefined) this.#accept(message as Requests)
    }
    return true
  }
}
