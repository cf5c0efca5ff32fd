import type { Coroutine, Future, Handle, Task } from 'hocket'
import { CancelledError, ContextVar, createTask, currentTask, type EventLoop } from 'hocket'
import { show } from '../src/show.ts'
import type { Recorder } from '../src/trace.ts'
import {
  type Block,
  FUEL,
  isFlow,
  type Raised,
  type Reason,
  type Step,
  type Target,
} from './program.ts'
import type { MakeBody, Speller } from './spelling.ts'

/** A number for a coroutine; what callbacks do has none. */
export type Who = number | '-' | 'handler'

export interface Held {
  state: 'fresh' | 'taken' | 'running' | 'over'
  coroutine: Coroutine<unknown>
}

type Settle = (future: Future<unknown>) => void

class Boom extends Error {}
class Bang extends Error {}

/** The type, and what the program itself said: a label or the reason of a cancel. */
export function describe(error: unknown): string {
  if (error instanceof Boom || error instanceof Bang) return `${show(error)} ${error.message}`
  const reason = error instanceof CancelledError ? error.reason : undefined
  return reason === undefined ? show(error) : `${show(error)} ${show(reason)}`
}

/** What a random program can do anywhere, callbacks included. The twin of steps.py. */
export abstract class Steps {
  protected readonly tasks: Task<unknown>[] = []
  protected readonly held: Held[] = []
  protected readonly speller: Speller
  readonly #recorder: Recorder
  readonly #loop: EventLoop
  readonly #futures: Future<unknown>[] = []
  readonly #handles: Handle[] = []
  readonly #callbacks: ((future: Future<unknown>) => void)[] = []
  readonly #deadlines = new Set<number>()
  readonly #vars = ['x', 'y'].map((name) => new ContextVar<number>(name, { default: 0 }))
  #fuel = FUEL

  constructor(recorder: Recorder, speller: Speller) {
    this.#recorder = recorder
    this.#loop = recorder.loop()
    this.speller = speller
  }

  protected abstract body(def: number, held?: Held): MakeBody

  protected log(who: Who, ...words: unknown[]): void {
    this.#recorder.log([who, ...words])
  }

  /** False when the program has played enough. */
  protected burn(): boolean {
    if (this.#fuel === 0) return false
    this.#fuel -= 1
    return true
  }

  /** The place of the `index`-th newest entry of a table. */
  protected choose(table: readonly unknown[], index: number): number | null {
    return table.length === 0 ? null : table.length - 1 - (index % table.length)
  }

  /** Never the task that runs: the one before it. */
  protected chooseOther(target: Target, index: number): number | null {
    const place = this.choose(this.table(target), index)
    if (target === 'future' || place === null || place !== this.current()) return place
    return place > 0 ? place - 1 : null
  }

  protected table(target: Target): readonly Future<unknown>[] {
    return target === 'task' ? this.tasks : this.#futures
  }

  /** `ms`, or a little more where another timer has that deadline already. */
  protected delay(ms: number): number {
    const now = this.#loop.time()
    const wanted = Math.round((now + ms) * 1000)
    let key = wanted
    while (this.#deadlines.has(key)) key += 1
    this.#deadlines.add(key)
    return key === wanted ? ms : key / 1000 - now
  }

  protected current(): number | null {
    const task = currentTask()
    return task === null ? null : this.tasks.indexOf(task)
  }

  #action(block: Block): void {
    for (const statement of block) {
      if (!this.burn()) return
      if (isFlow(statement)) throw new TypeError(`an action can't hold '${statement[0]}'`)
      this.step(statement, '-', null)
    }
  }

  protected step(statement: Step, who: Who, caught: unknown): void {
    switch (statement[0]) {
      case 'log':
        this.log(who, 'log', statement[1])
        break
      case 'who':
        this.log(who, 'in', this.current())
        break
      case 'spawn':
        this.#spawn(who, this.speller.source(this.body(statement[1])))
        break
      case 'hold':
        this.#hold(statement[1])
        break
      case 'spawnHeld':
        this.#spawnHeld(who, statement[1])
        break
      case 'cancel':
        this.#cancel(who, statement[1], statement[2], statement[3])
        break
      case 'selfCancel':
        currentTask()?.cancel(statement[1] ?? undefined)
        break
      case 'uncancel':
        this.#at('task', statement[1], (task, name) =>
          this.log(who, 'uncancel', name, (task as Task<unknown>).uncancel()),
        )
        break
      case 'look':
        this.#look(who, statement[1], statement[2])
        break
      case 'read':
        this.#read(who, statement[1], statement[2], statement[3])
        break
      case 'raise':
        throw makeError(statement[1], statement[2])
      case 'rethrow':
        if (caught !== null) throw caught as Error
        break
      case 'future':
        this.#futures.push(this.#loop.createFuture())
        break
      case 'setResult':
        this.#settle(statement[1], statement[3], (future) => future.setResult(statement[2]))
        break
      case 'setException':
        this.#settle(statement[1], statement[4], (future) =>
          future.setException(makeError(statement[2], statement[3])),
        )
        break
      case 'callSoon':
        this.#handles.push(this.#loop.callSoon(() => this.#action(statement[1])))
        break
      case 'callLater': {
        const delay = this.delay(statement[1])
        this.#handles.push(this.#loop.callLater(delay, () => this.#action(statement[2])))
        break
      }
      case 'cancelHandle':
        this.#handles[this.choose(this.#handles, statement[1]) ?? -1]?.cancel()
        break
      case 'addCallback':
        this.#at(statement[1], statement[2], (future) =>
          future.addDoneCallback(this.#newCallback(statement[3])),
        )
        break
      case 'addAgain':
        this.#atBoth(statement, (future, callback) => future.addDoneCallback(callback))
        break
      case 'removeCallback':
        this.#atBoth(statement, (future, callback, number) =>
          this.log(who, 'removed callback', number, future.removeDoneCallback(callback)),
        )
        break
      case 'set':
        this.#vars[statement[1]]?.set(statement[2])
        break
      case 'get':
        this.log(who, 'xy'[statement[1]], this.#vars[statement[1]]?.get())
        break
    }
  }

  #at(target: Target, index: number, use: (future: Future<unknown>, name: string) => void): void {
    const place = this.choose(this.table(target), index)
    const future = this.table(target)[place ?? -1]
    if (future !== undefined) use(future, `${target[0]}${place}`)
  }

  #atBoth(
    [, target, index, which]: readonly [string, Target, number, number],
    use: (future: Future<unknown>, callback: (f: Future<unknown>) => void, number: number) => void,
  ): void {
    const number = this.choose(this.#callbacks, which) ?? -1
    const callback = this.#callbacks[number]
    if (callback !== undefined) this.#at(target, index, (future) => use(future, callback, number))
  }

  #spawn(who: Who, source: Coroutine<unknown>): void {
    this.log(who, `spawns t${this.tasks.length}`)
    this.tasks.push(createTask(source))
  }

  #hold(def: number): void {
    const held = { state: 'fresh' } as Held
    held.coroutine = this.speller.held(this.body(def, held))
    this.held.push(held)
  }

  #spawnHeld(who: Who, index: number): void {
    const held = this.held[this.choose(this.held, index) ?? -1]
    if (held === undefined || (held.state !== 'fresh' && held.state !== 'over')) return
    if (held.state === 'fresh') held.state = 'taken'
    this.#spawn(who, held.coroutine)
  }

  #cancel(who: Who, target: Target, index: number, reason: Reason): void {
    const place = this.chooseOther(target, index)
    const accepted = this.table(target)[place ?? -1]?.cancel(reason ?? undefined)
    if (accepted !== undefined) this.log(who, `cancel ${target[0]}${place}`, accepted)
  }

  #look(who: Who, target: Target, index: number): void {
    this.#at(target, index, (future, name) => {
      const requests = target === 'task' ? (future as Task<unknown>).cancelling() : '-'
      this.log(who, 'look', name, future.done(), future.cancelled(), requests)
    })
  }

  #read(who: Who, target: Target, index: number, what: 'result' | 'exception'): void {
    this.#at(target, index, (future, name) => {
      let value: unknown
      try {
        value = future[what]()
      } catch (error) {
        return this.log(who, 'read', name, 'fails', describe(error))
      }
      this.log(who, 'read', name, value instanceof Error ? describe(value) : value)
    })
  }

  #settle(index: number, isForced: boolean, settle: Settle): void {
    this.#at('future', index, (future) => {
      if (isForced || !future.done()) settle(future)
    })
  }

  #newCallback(block: Block): (future: Future<unknown>) => void {
    const number = this.#callbacks.length
    const callback = (future: Future<unknown>): void => {
      this.log('-', 'callback', number, state(future))
      this.#action(block)
    }
    this.#callbacks.push(callback)
    return callback
  }
}

function makeError(kind: Raised, label: string): Error {
  if (kind === 'cancelled') return new CancelledError(label)
  return kind === 'boom' ? new Boom(label) : new Bang(label)
}

function state(future: Future<unknown>): string {
  if (future.cancelled()) return 'cancelled'
  const error = future.exception()
  return error === null ? `result ${show(future.result())}` : `error ${describe(error)}`
}
