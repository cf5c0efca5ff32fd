import { performance } from 'node:perf_hooks'
import { type Context, copyContext, getEventLoop, isCoroutineFunction, type Task } from 'hocket'
import { Deque } from 'hocket/lowlevel'
import type { FunctionReference } from '../functions/reference.ts'
import { referenceOf } from '../functions/reference.ts'
import { resolveFunction } from '../functions/resolve.ts'
import { decodeError, encodeError } from '../wire/errors.ts'
import {
  BEGUN,
  CANCELLED,
  CHUNK,
  ERROR,
  FIRST_SLOT,
  type News,
  OFFERED,
  type Order,
  PLAIN,
  RESULT,
  type Replies,
  type Requests,
  type Setup,
  SKIPPED,
  WITH_CONTEXT,
} from '../wire/messages.ts'
import { pack, packArguments } from '../wire/values.ts'
import { Answer } from './answer.ts'
import { withValues } from './context.ts'
import { becomeWorker, type Host, type Job, setJob, setRunning } from './job.ts'

/** The way back to the pool. */
export interface Line {
  post(message: unknown, transferList: readonly object[]): void
  /** Whether the call in that slot is to end. */
  isInterrupted(slot: number): boolean
  /** Blocks until an order comes, at most `timeout` ms; null where that can't be done. */
  readonly receiveSync: ((timeout: number) => unknown) | null
  /** Nothing more will come: ends this worker. */
  close(): void
}

interface Entry {
  readonly reference: FunctionReference
  fn: ((...args: unknown[]) => unknown) | null
  /** It gives a coroutine: the call is a task. */
  isCoroutine: boolean
  /** What a call takes in ms, and what the pool was told of it. */
  duration: number
  told: number
}

type Function = (...args: unknown[]) => unknown

/** Replies that are older than this are sent even while calls go on. */
const FLUSH_AFTER_MS = 1
/** Before a call that may take longer than this, what is done is sent. */
const SHORT_MS = 0.05

/** Runs calls, one after the other in the order they came, and sends their outcomes. */
export class WorkerLoop implements Host {
  readonly setup: Setup
  readonly #line: Line
  readonly #slots: Int32Array
  readonly #entries: Entry[] = []
  readonly #inbox = new Deque<unknown>()
  readonly #jobs = new Map<number, Job>()
  readonly #answers = new Map<number, Answer<unknown>>()
  #asked = 0
  #active = 0
  #isRunning = false
  #isLoading = false
  #isStopping = false
  #replies: unknown[] = []
  #durations: number[] = []
  #news: News[] = []
  #transferList: object[] = []
  #flushedAt = 0
  #flushPlanned = false

  constructor(setup: Setup, line: Line, slots: Int32Array) {
    this.setup = setup
    this.#line = line
    this.#slots = slots
    becomeWorker(this)
    process.on('uncaughtExceptionMonitor', (error) => this.#announce(['fatal', encodeError(error)]))
    process.on('exit', (code) => this.#announce(['exit', code]))
  }

  async start(): Promise<void> {
    const { initializer, initargs } = this.setup
    try {
      if (initializer !== null) {
        const initialize = (await resolveFunction(initializer)) as Function
        const result = initialize(...initargs)
        if (isAsync(result)) await this.#createTask(() => result as never, copyContext())
      }
    } catch (error) {
      this.#announce(['initializer failed', encodeError(error)])
      return
    }
    this.#announce(['ready'])
  }

  receive(message: unknown): void {
    this.#accept(message as Requests)
    this.#run()
  }

  tell(job: Job, value: unknown): void {
    const packed = pack(value, 'the progress', this.setup.kind)
    this.#transferList.push(...packed.transferList)
    this.#announce(['progress', job.slot, packed.value])
  }

  ask(fn: (...args: never[]) => unknown, args: unknown[]): object {
    const id = ++this.#asked
    const answer: Answer<unknown> = new Answer((timeout): boolean =>
      this.#waitSync(answer, timeout),
    )
    this.#answers.set(id, answer)
    const packed = packArguments(args, this.setup.kind)
    this.#transferList.push(...packed.transferList)
    this.#announce(['ask', id, referenceOf(fn), packed.value as unknown[]])
    return answer
  }

  #accept(requests: Requests): void {
    const [calls, orders] = requests
    if (orders !== null) {
      for (const order of orders) {
        if (order[0] !== 'function') continue
        this.#entries[order[1]] = {
          reference: order[2],
          fn: null,
          isCoroutine: false,
          duration: -1,
          told: 0,
        }
      }
    }
    for (let index = 0; index < calls.length; index++) this.#inbox.push(calls[index])
    if (orders !== null) for (const order of orders) this.#obey(order)
  }

  #obey(order: Order): void {
    if (order[0] === 'interrupt') this.#jobs.get(order[1])?.task?.cancel('the call was interrupted')
    else if (order[0] === 'stop') this.#isStopping = true
    else if (order[0] === 'answer') {
      const [, id, status, value] = order
      const answer = this.#answers.get(id)
      this.#answers.delete(id)
      if (status === RESULT) answer?.setResult(value)
      else answer?.setException(decodeError(value as never))
    }
  }

  #run(): void {
    if (this.#isRunning || this.#isLoading) return
    this.#isRunning = true
    let now = performance.now()
    this.#flushedAt = now
    while (this.#inbox.length > 0 && this.#active < this.setup.callsAtOnce) {
      const entry = this.#entries[this.#inbox.at(1) as number] as Entry
      if (entry.fn === null) {
        void this.#load(entry)
        break
      }
      const slot = this.#inbox.shift() as number
      this.#inbox.shift()
      const args = this.#inbox.shift() as unknown[]
      const kind = this.#inbox.shift() as number
      if (this.#replies.length > 0 && !(entry.duration < SHORT_MS && entry.duration >= 0)) {
        this.#flush()
      }
      this.#begin(entry, slot, args, kind)
      const before = now
      now = performance.now()
      if (!entry.isCoroutine) this.#measure(entry, now - before)
      if (now - this.#flushedAt >= FLUSH_AFTER_MS) {
        this.#flush()
        this.#flushedAt = now
      }
    }
    this.#isRunning = false
    this.#flush()
    if (this.#isStopping && this.#inbox.length === 0 && this.#active === 0 && !this.#isLoading) {
      this.#line.close()
    }
  }

  #begin(entry: Entry, slot: number, args: unknown[], kind: number): void {
    const slots = this.#slots
    const place = FIRST_SLOT + slot
    if (Atomics.compareExchange(slots, place, OFFERED, BEGUN) !== OFFERED) {
      this.#replies.push(slot, SKIPPED, null)
      return
    }
    const job: Job = {
      slot,
      task: null,
      isInterrupted: () => this.#line.isInterrupted(slot),
    }
    setRunning(job)
    try {
      const result = this.#call(entry, job, args, kind)
      if (isAsync(result)) this.#runTask(job, copyContext(), () => result as never)
      else if (result !== this) this.#succeed(slot, result)
    } catch (error) {
      this.#fail(slot, error)
    } finally {
      setRunning(null)
    }
  }

  /** Gives the result; a promise or coroutine of it; or this, where a task has begun. */
  #call(entry: Entry, job: Job, args: unknown[], kind: number): unknown {
    const fn = entry.fn as Function
    if (kind === PLAIN && !entry.isCoroutine) return fn(...args)
    if (kind === CHUNK && !entry.isCoroutine)
      return (args as unknown[][]).map((each) => fn(...each))
    if (kind === CHUNK) {
      this.#runTask(job, copyContext(), async () => {
        const results: unknown[] = []
        for (const each of args as unknown[][])
          results.push(await (fn(...each) as PromiseLike<unknown>))
        return results
      })
      return this
    }
    if (kind === WITH_CONTEXT) {
      const [values, own] = args as [[string, unknown][], unknown[]]
      const context = withValues(values)
      if (!entry.isCoroutine) return context.run(() => fn(...own))
      this.#runTask(job, context, () => fn(...own) as never)
      return this
    }
    this.#runTask(job, copyContext(), () => fn(...args) as never)
    return this
  }

  #runTask(job: Job, context: Context, source: () => PromiseLike<unknown>): void {
    context.run(setJob, job)
    const task = this.#createTask(source, context)
    job.task = task
    this.#jobs.set(job.slot, job)
    this.#active += 1
    task.addDoneCallback(() => {
      this.#active -= 1
      this.#jobs.delete(job.slot)
      if (task.cancelled()) this.#replies.push(job.slot, CANCELLED, null)
      else {
        const exception = task.exception()
        if (exception === null) this.#succeed(job.slot, task.result())
        else this.#fail(job.slot, exception)
      }
      if (this.#inbox.length > 0 || this.#isStopping) this.#run()
      this.#planFlush()
    })
  }

  #createTask(source: () => PromiseLike<unknown>, context: Context): Task<unknown> {
    return getEventLoop().createTask<unknown>(source, { context })
  }

  #succeed(slot: number, result: unknown): void {
    if (typeof result === 'function') {
      this.#fail(
        slot,
        new TypeError('the function gave a function as its result, which cannot travel: give data'),
      )
      return
    }
    if (typeof result !== 'object' || result === null) {
      if (typeof result === 'symbol') this.#fail(slot, new TypeError('a symbol cannot travel'))
      else this.#replies.push(slot, RESULT, result)
      return
    }
    try {
      const packed = pack(result, 'the result', this.setup.kind)
      for (const each of packed.transferList) this.#transferList.push(each as object)
      this.#replies.push(slot, RESULT, packed.value)
    } catch (error) {
      this.#fail(slot, error)
    }
  }

  #fail(slot: number, error: unknown): void {
    if (
      error instanceof Error &&
      error.name === 'CancelledError' &&
      this.#line.isInterrupted(slot)
    ) {
      this.#replies.push(slot, CANCELLED, null)
    } else this.#replies.push(slot, ERROR, encodeError(error))
  }

  /** What a call takes: the mean, and at once more where one takes longer. */
  #measure(entry: Entry, ms: number): void {
    if (entry.duration < 0 || ms > 4 * entry.duration) entry.duration = ms
    else entry.duration += (ms - entry.duration) / 16
    if (entry.duration > entry.told * 1.5 || entry.duration < entry.told / 2) {
      entry.told = entry.duration
      this.#durations.push(this.#entries.indexOf(entry), entry.duration)
    }
  }

  async #load(entry: Entry): Promise<void> {
    this.#isLoading = true
    try {
      entry.fn = (await resolveFunction(entry.reference)) as Function
      entry.isCoroutine = isCoroutineFunction(entry.fn) || isAsyncOrGenerator(entry.fn)
    } catch (error) {
      entry.fn = () => {
        throw error
      }
    }
    this.#isLoading = false
    this.#run()
  }

  #announce(news: News): void {
    this.#news.push(news)
    this.#flush()
  }

  #planFlush(): void {
    if (this.#flushPlanned) return
    this.#flushPlanned = true
    process.nextTick(() => {
      this.#flushPlanned = false
      this.#flush()
    })
  }

  #flush(): void {
    if (this.#replies.length === 0 && this.#news.length === 0) return
    const message: Replies = [
      this.#replies,
      this.#durations.length > 0 ? this.#durations : null,
      this.#news.length > 0 ? this.#news : null,
    ]
    const transferList = this.#transferList
    this.#replies = []
    this.#durations = []
    this.#news = []
    this.#transferList = []
    this.#post(message, transferList)
  }

  #post(message: Replies, transferList: readonly object[]): void {
    try {
      this.#line.post(message, transferList)
    } catch (error) {
      // One of them can't travel: each goes by itself, and that one as its error.
      const [replies, durations, news] = message
      if (news !== null || durations !== null) this.#post([[], durations, news], [])
      for (let index = 0; index < replies.length; index += 3) {
        const one = replies.slice(index, index + 3)
        try {
          this.#line.post(
            [one, null, null],
            transferList.length > 0 && replies.length === 3 ? transferList : [],
          )
        } catch (cause) {
          this.#line.post([[one[0], ERROR, encodeError(cause ?? error)], null, null], [])
        }
      }
    }
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
const AsyncFunction = (async () => {}).constructor
const GeneratorFunction = function* () {}.constructor

function isAsyncOrGenerator(fn: unknown): boolean {
  return fn instanceof AsyncFunction || fn instanceof GeneratorFunction
}

function isAsync(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const { then, next, throw: fail } = value as Record<string, unknown>
  return typeof then === 'function' || (typeof next === 'function' && typeof fail === 'function')
}
