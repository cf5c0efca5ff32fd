import { RuntimeError } from '../errors/errors.ts'
import { FRAME, finished, SUSPENSION, type Suspension } from '../future/suspension.ts'
import { Coroutine } from './coroutine.ts'
import { GeneratorCoroutine, NativeCoroutine } from './coroutine-function.ts'
import type { Body } from './frame.ts'
import { GeneratorLife, type Request } from './generator-life.ts'
import type { Resources } from './resources.ts'
import { StopAsyncIteration } from './stop-async-iteration.ts'
import { kHolder, type ResourceHolder } from './use.ts'

/** An async generator spelled as a generator function. */
export class FramedLife extends GeneratorLife implements ResourceHolder {
  declare body: Body
  /** What `use` has opened: it stays open between the requests. */
  declare resources: Resources | null

  constructor(name: string, body: Body) {
    super(name)
    this.body = body
    this.resources = null
  }

  request(request: Request, argument: unknown, owner: object | null): Coroutine<unknown> {
    const body = new RequestBody(this, request, argument, owner) as unknown as Body
    return new FramedRequest(body, `${this.name}.${request}`)
  }
}

/** An async generator function's. */
export class NativeLife extends GeneratorLife {
  declare readonly body: AsyncGenerator<unknown, unknown, unknown>

  constructor(name: string, body: AsyncGenerator<unknown, unknown, unknown>) {
    super(name)
    this.body = body
  }

  request(request: Request, argument: unknown, owner: object | null): Coroutine<unknown> {
    const call = new NativeRequestCall(this, request, argument, owner)
    return new NativeRequest(() => call.start(), undefined, [], `${this.name}.${request}`)
  }
}

class FramedRequest extends GeneratorCoroutine<unknown> {}
class NativeRequest extends NativeCoroutine<unknown> {}

// The types of async iteration want promises. `then` does what theirs does; these are the rest.
const restOfPromise: PropertyDescriptorMap = {
  catch: {
    value(this: Promise<unknown>, onRejected: (error: unknown) => unknown) {
      return this.then(undefined, onRejected)
    },
  },
  finally: {
    value(this: Promise<unknown>, onFinally: () => void) {
      return this.then(null).finally(onFinally)
    },
  },
  [Symbol.toStringTag]: { value: 'Coroutine' },
}
void Object.defineProperties(FramedRequest.prototype, restOfPromise)
void Object.defineProperties(NativeRequest.prototype, restOfPromise)

/**
 * The body of the frame of one request: the generator's own, as far as up to the next value that it
 * produces.
 */
class RequestBody {
  declare private readonly _life: FramedLife
  declare private readonly _request: Request
  declare private _argument: unknown
  declare private _owner: object | null
  declare private _hasBegun: boolean

  constructor(life: FramedLife, request: Request, argument: unknown, owner: object | null) {
    this._life = life
    this._request = request
    this._argument = argument
    this._owner = owner
    this._hasBegun = false
  }

  get [kHolder](): ResourceHolder {
    return this._life
  }

  next(value?: unknown): IteratorResult<unknown, unknown> {
    if (this._hasBegun) return this._resume('next', value)
    this._hasBegun = true
    const { _life: life, _request: request, _argument: argument } = this
    this._argument = undefined
    life.begin(request, this._owner)
    if (!life.isOver) return this._resume(request, argument)
    this._letGo()
    return finished(resultAtEnd(request, argument))
  }

  throw(error: unknown): IteratorResult<unknown, unknown> {
    // Cancelled before it has begun: nothing was asked of the generator.
    if (!this._hasBegun) throw error
    return this._resume('throw', error)
  }

  private _resume(how: Request, argument: unknown): IteratorResult<unknown, unknown> {
    const life = this._life
    const { body } = life
    let result: IteratorResult<unknown, unknown>
    try {
      if (how === 'next') result = body.next(argument)
      else if (how === 'throw') result = body.throw(argument)
      else result = body.return(argument)
    } catch (error) {
      return this._end(error, true)
    }
    if (result.done === true) return this._end(result.value, false)
    const yielded = result.value as Suspension | null | undefined
    const kind = yielded?._kind
    if (kind === SUSPENSION || kind === FRAME) return result
    if (yielded instanceof Coroutine) return this._resume('throw', forgottenStar(yielded))
    if (isClose(this._request)) return this._end(life.ignoredClose(), true)
    this._letGo()
    return finished({ done: false, value: yielded })
  }

  private _end(outcome: unknown, isError: boolean): IteratorResult<unknown, unknown> {
    const life = this._life
    if (life.resources !== null) {
      life.body = life.resources.close(outcome, isError)
      life.resources = null
      return this._resume('next', undefined)
    }
    life.end()
    this._owner = null
    if (isError) throw checkStop(outcome, life)
    return finished(resultOf(this._request, outcome))
  }

  /** The generator may be abandoned from here on, also while its task, which is done, is held. */
  private _letGo(): void {
    this._life.suspend()
    this._owner = null
  }
}

/** One request to an async generator function's generator. */
class NativeRequestCall {
  declare private readonly _life: NativeLife
  declare private readonly _request: Request
  declare private readonly _argument: unknown
  declare private _owner: object | null

  constructor(life: NativeLife, request: Request, argument: unknown, owner: object | null) {
    this._life = life
    this._request = request
    this._argument = argument
    this._owner = owner
  }

  // Not async: that would be one more promise, and three more microtasks, for each value.
  start(): PromiseLike<unknown> {
    const life = this._life
    const request = this._request
    try {
      life.begin(request, this._owner)
    } catch (error) {
      return Promise.reject(error)
    }
    if (life.isOver) {
      this._letGo()
      if (request === 'throw') return Promise.reject(this._argument)
      return Promise.resolve(resultAtEnd(request, this._argument))
    }
    const how = request === 'aclose' ? 'return' : request
    return life.body[how](this._argument).then(
      (result) => this._arrive(result),
      (error) => this._fail(error),
    )
  }

  private _arrive(result: IteratorResult<unknown, unknown>): unknown {
    const life = this._life
    const isOver = result.done === true || isClose(this._request)
    if (isOver) life.end()
    this._letGo()
    if (!isOver) return result
    if (result.done !== true) throw life.ignoredClose()
    return resultOf(this._request, result.value)
  }

  private _fail(error: unknown): never {
    this._life.end()
    this._letGo()
    throw checkStop(error, this._life)
  }

  private _letGo(): void {
    this._life.suspend()
    this._owner = null
  }
}

function isClose(request: Request): boolean {
  return request === 'aclose' || request === 'return'
}

function resultOf(request: Request, value: unknown): unknown {
  return request === 'aclose' ? undefined : finished(value)
}

/** What a generator that is over answers. */
function resultAtEnd(request: Request, argument: unknown): unknown {
  if (request === 'throw') throw argument
  return resultOf(request, request === 'return' ? argument : undefined)
}

/** Who asks by `anext()` would take it for the end of this generator. */
function checkStop(error: unknown, life: GeneratorLife): unknown {
  if (!(error instanceof StopAsyncIteration)) return error
  return new RuntimeError(
    `the async generator ${life.name} threw a StopAsyncIteration: give anext() a default, or return`,
    { code: 'ERR_ASYNC_GENERATOR', cause: error },
  )
}

function forgottenStar(yielded: Coroutine<unknown>): RuntimeError {
  yielded.close()
  return new RuntimeError(
    `an async generator yielded the coroutine ${yielded.name}: write yield* to await it, or yield a Task (createTask)`,
    { code: 'ERR_BAD_YIELD' },
  )
}
