import { ContextVar, type Coroutine, createTask, currentTask, type Future, type Task } from 'hocket'
import type { CoreStep, Reason, Target } from '../language/core.ts'
import type { Block } from '../language/program.ts'
import {
  describe,
  type Held,
  makeError,
  type Stage,
  type Steps,
  say,
  state,
  type Who,
} from './stage.ts'

type Settle = (future: Future<unknown>) => void

/** What a random program can do anywhere with tasks, futures and the loop. The twin of core.py. */
export class CorePlayer {
  readonly #stage: Stage
  readonly #vars = ['x', 'y'].map((name) => new ContextVar<number>(name, { default: 0 }))
  // What gather and shield give is theirs to settle.
  readonly #settledHere = new Set<Future<unknown>>()
  readonly steps: Steps<CoreStep>

  constructor(stage: Stage) {
    this.#stage = stage
    this.steps = {
      log: ([, label], who) => stage.log(who, 'log', label),
      who: (_, who) => stage.log(who, 'in', stage.current()),
      spawn: ([, def], who) => this.#spawn(who, stage.speller.source(stage.body(def))),
      hold: ([, def]) => this.#hold(def),
      spawnHeld: ([, index], who) => this.#spawnHeld(who, index),
      cancel: ([, target, index, reason], who) => this.#cancel(who, target, index, reason),
      selfCancel: ([, reason]) => void currentTask()?.cancel(reason ?? undefined),
      uncancel: ([, index], who) =>
        this.#at('task', index, (task, name) =>
          stage.log(who, 'uncancel', name, (task as Task<unknown>).uncancel()),
        ),
      look: ([, target, index], who) => this.#look(who, target, index),
      read: ([, target, index, what], who) => this.#read(who, target, index, what),
      raise: ([, kind, label]) => {
        throw makeError(kind, label)
      },
      rethrow: (_, _who, caught) => {
        if (caught !== null) throw caught as Error
      },
      future: () => {
        const future = stage.loop.createFuture<unknown>()
        this.#settledHere.add(future)
        stage.futures.push(future)
      },
      setResult: ([, index, value, isForced]) =>
        this.#settle(index, isForced, (future) => future.setResult(value)),
      setException: ([, index, kind, label, isForced]) =>
        this.#settle(index, isForced, (future) => future.setException(makeError(kind, label))),
      callSoon: ([, block]) =>
        void stage.handles.push(stage.loop.callSoon(() => stage.action(block))),
      callLater: ([, ms, block]) => {
        const delay = stage.delay(ms)
        stage.handles.push(stage.loop.callLater(delay, () => stage.action(block)))
      },
      cancelHandle: ([, index]) => stage.handles[stage.choose(stage.handles, index)]?.cancel(),
      addCallback: ([, target, index, block]) =>
        this.#at(target, index, (future) => future.addDoneCallback(this.#newCallback(block))),
      addAgain: (statement) =>
        this.#atBoth(statement, (future, callback) => future.addDoneCallback(callback)),
      removeCallback: (statement, who) =>
        this.#atBoth(statement, (future, callback, number) =>
          stage.log(who, 'removed callback', number, future.removeDoneCallback(callback)),
        ),
      set: ([, which, value]) => void this.#vars[which]?.set(value),
      get: ([, which], who) => stage.log(who, 'xy'[which], this.#vars[which]?.get()),
    }
  }

  #at(target: Target, index: number, use: (future: Future<unknown>, name: string) => void): void {
    const table = this.#stage.table(target)
    const place = this.#stage.choose(table, index)
    const future = table[place]
    if (future !== undefined) use(future, `${target[0]}${place}`)
  }

  #atBoth(
    [, target, index, which]: readonly [string, Target, number, number],
    use: (future: Future<unknown>, callback: (f: Future<unknown>) => void, number: number) => void,
  ): void {
    const { callbacks } = this.#stage
    const number = this.#stage.choose(callbacks, which)
    const callback = callbacks[number]
    if (callback !== undefined) this.#at(target, index, (future) => use(future, callback, number))
  }

  #spawn(who: Who, source: Coroutine<unknown>): void {
    const { tasks } = this.#stage
    this.#stage.log(who, `spawns t${tasks.length}`)
    tasks.push(createTask(source))
  }

  #hold(def: number): void {
    const held = { state: 'fresh' } as Held
    held.coroutine = this.#stage.speller.held(this.#stage.body(def, held))
    this.#stage.held.push(held)
  }

  #spawnHeld(who: Who, index: number): void {
    const held = this.#stage.held[this.#stage.choose(this.#stage.held, index)]
    if (held === undefined || (held.state !== 'fresh' && held.state !== 'over')) return
    if (held.state === 'fresh') held.state = 'taken'
    this.#spawn(who, held.coroutine as Coroutine<unknown>)
  }

  #cancel(who: Who, target: Target, index: number, reason: Reason): void {
    const place = this.#stage.chooseOther(target, index)
    const accepted = this.#stage.table(target)[place]?.cancel(reason ?? undefined)
    if (accepted !== undefined) this.#stage.log(who, `cancel ${target[0]}${place}`, accepted)
  }

  #look(who: Who, target: Target, index: number): void {
    this.#at(target, index, (future, name) => {
      const requests = target === 'task' ? (future as Task<unknown>).cancelling() : '-'
      this.#stage.log(who, 'look', name, future.done(), future.cancelled(), requests)
    })
  }

  #read(who: Who, target: Target, index: number, what: 'result' | 'exception'): void {
    this.#at(target, index, (future, name) => {
      let value: unknown
      try {
        value = future[what]()
      } catch (error) {
        return this.#stage.log(who, 'read', name, 'fails', describe(error))
      }
      this.#stage.log(who, 'read', name, say(value))
    })
  }

  #settle(index: number, isForced: boolean, settle: Settle): void {
    this.#at('future', index, (future) => {
      if (this.#settledHere.has(future) && (isForced || !future.done())) settle(future)
    })
  }

  #newCallback(block: Block): (future: Future<unknown>) => void {
    const number = this.#stage.callbacks.length
    const callback = (future: Future<unknown>): void => {
      this.#stage.log('-', 'callback', number, state(future))
      this.#stage.action(block)
    }
    this.#stage.callbacks.push(callback)
    return callback
  }
}
