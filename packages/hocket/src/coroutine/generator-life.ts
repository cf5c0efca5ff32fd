import { RuntimeError } from '../errors/errors.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import { getRunningLoop } from '../loop/running.ts'
import type { Coroutine } from './coroutine.ts'

/** What is asked of an async generator. */
export type Request = 'next' | 'throw' | 'return' | 'aclose'

interface Living {
  readonly lives: Set<GeneratorLife>
  isShutDown: boolean
}

const livingOf = new WeakMap<EventLoop, Living>()

const abandoned = new FinalizationRegistry<GeneratorLife>((life) => life.closeAbandoned())

// To watch an object costs as much as several requests, and most generators that generator coroutines
// use are over before the microtasks run.
let unwatched: GeneratorLife[] = []
const settled = Promise.resolve()

function watch(): void {
  const begun = unwatched
  unwatched = []
  for (const life of begun) life.watchOwner(abandoned)
}

/** The async generators that `loop` has to close. */
export function livingIn(loop: EventLoop): Living {
  let living = livingOf.get(loop)
  if (living === undefined) {
    living = { lives: new Set(), isShutDown: false }
    livingOf.set(loop, living)
  }
  return living
}

/**
 * An async generator apart from the object that users hold. The loop of its first step keeps this
 * one, to close it; it must not keep that object alive, whose collection says that nobody will go on.
 */
export abstract class GeneratorLife {
  declare readonly name: string
  declare isRunning: boolean
  /** It has returned or thrown, or was closed. */
  declare isOver: boolean
  declare private _loop: EventLoop | null
  // Held until it is watched.
  declare private _owner: object | null
  declare private _isWatched: boolean

  constructor(name: string) {
    this.name = name
    this.isRunning = false
    this.isOver = false
    this._loop = null
    this._owner = null
    this._isWatched = false
  }

  /**
   * A lazy call. Each holds the `owner`, the object of the users, up to its end: what is under way is
   * not abandoned.
   */
  abstract request(request: Request, argument: unknown, owner: object | null): Coroutine<unknown>

  /** A call begins. */
  begin(request: Request, owner: object | null): void {
    if (this.isRunning) {
      throw new RuntimeError(
        `${request}(): the async generator ${this.name} is already running: await the call before this one first`,
        { code: 'ERR_ASYNC_GENERATOR' },
      )
    }
    this.isRunning = true
    const isFirst = this._loop === null && !this.isOver
    if (isFirst && request === 'next' && owner !== null) this.#register(owner)
  }

  /** It has produced a value. */
  suspend(): void {
    this.isRunning = false
  }

  end(): void {
    this.isRunning = false
    this.isOver = true
    if (this._loop === null) return
    livingIn(this._loop).lives.delete(this)
    this._owner = null
    if (this._isWatched) abandoned.unregister(this)
  }

  watchOwner(registry: FinalizationRegistry<GeneratorLife>): void {
    if (this._owner === null) return
    registry.register(this._owner, this, this)
    this._owner = null
    this._isWatched = true
  }

  /** What is thrown when it has produced a value where it was asked to end. */
  ignoredClose(): RuntimeError {
    return new RuntimeError(
      `the async generator ${this.name} ignored that it was closed: it must not yield a value in a finally`,
      { code: 'ERR_ASYNC_GENERATOR' },
    )
  }

  closeAbandoned(): void {
    const loop = this._loop
    if (loop === null || loop.isClosed()) return
    // It stays among the living until then: the task may be cancelled before it begins.
    loop.callSoon(() => {
      if (this.isOver || this.isRunning) return
      void loop.createTask(this.request('aclose', undefined, null), {
        name: `closing of ${this.name}`,
      })
    })
  }

  #register(owner: object): void {
    const loop = getRunningLoop()
    const living = livingIn(loop)
    if (living.isShutDown) {
      loop.callExceptionHandler({
        message: `the async generator ${this.name} was started after shutdownAsyncgens(), so nobody closes it if it is abandoned`,
      })
    }
    this._loop = loop
    living.lives.add(this)
    this._owner = owner
    if (unwatched.length === 0) void settled.then(watch)
    unwatched.push(this)
  }
}
