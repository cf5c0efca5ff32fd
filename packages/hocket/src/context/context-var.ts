import { RuntimeError } from '../errors/errors.ts'

const kMissing = Symbol('missing')
/** Never changed in place, so that a copy is the same map. */
export type Values = ReadonlyMap<ContextVar<unknown>, unknown>
const noValues: Values = new Map()

/**
 * A variable that has a value of its own in every task. contextvars.ContextVar, CPython 3.13.
 *
 * A task works on a copy of the context that it was created in: what it sets is not seen outside.
 * A coroutine that is awaited directly shares the context of its caller.
 *
 * @example
 * ```ts
 * const user = new ContextVar<string>('user', { default: 'nobody' })
 * const seen: string[] = []
 * await run(async () => {
 *   user.set('ada')
 *   await createTask(async () => {
 *     seen.push(user.get())
 *     user.set('bob')
 *   })
 *   seen.push(user.get())
 * })
 * seen // => ['ada', 'ada']
 * ```
 */
export class ContextVar<T> {
  readonly name: string
  private readonly _default: T | typeof kMissing

  constructor(name: string, options: { default?: T } = {}) {
    if (typeof name !== 'string') {
      throw new TypeError(`the name of a ContextVar must be a string, got ${typeof name}`)
    }
    this.name = name
    this._default = 'default' in options ? (options.default as T) : kMissing
  }

  /**
   * The value in the current context, else `fallback`, else the default.
   *
   * @throws {@link RuntimeError} if there is none of the three (Python's LookupError)
   */
  get(...fallback: [T?]): T {
    const values = currentContext()._values
    if (values.has(this as ContextVar<unknown>)) return values.get(this as ContextVar<unknown>) as T
    if (fallback.length > 0) return fallback[0] as T
    if (this._default !== kMissing) return this._default
    throw new RuntimeError(
      `the context variable '${this.name}' has no value here: set it, give get() a fallback, or give it a default`,
      { code: 'ERR_LOOKUP' },
    )
  }

  /** Sets the value in the current context; the token puts the former one back by `reset`. */
  set(value: T): Token<T> {
    const context = currentContext()
    const token = new Token<T>(this, context, context._values)
    context._values = new Map(context._values).set(this as ContextVar<unknown>, value)
    return token
  }

  /**
   * Puts back what was there before the `set` that gave this token.
   *
   * @throws {@link RuntimeError} if the token was used before
   * @throws {@link RangeError} if it comes from another variable or context
   */
  reset(token: Token<T>): void {
    const context = currentContext()
    if (token.var !== this) {
      throw new RangeError(`this token is of '${token.var.name}', not of '${this.name}'`)
    }
    if (token._context !== context) {
      throw new RangeError(`the token of '${this.name}' was made in a different Context`)
    }
    if (token._used) throw new RuntimeError(`the token of '${this.name}' has been used once`)
    token._used = true
    const values = new Map(context._values)
    if (token.oldValue === Token.MISSING) values.delete(this as ContextVar<unknown>)
    else values.set(this as ContextVar<unknown>, token.oldValue)
    context._values = values
  }
}

/** What `ContextVar.set` gives back, to undo it by `reset`. contextvars.Token. */
export class Token<T> {
  /** Stands in `oldValue` where the variable had no value. */
  static readonly MISSING: unique symbol = kMissing as never
  readonly var: ContextVar<T>
  readonly oldValue: T | typeof Token.MISSING
  /** @internal */ readonly _context: Context
  /** @internal */ _used = false

  /** @internal */
  constructor(variable: ContextVar<T>, context: Context, values: Values) {
    const key = variable as ContextVar<unknown>
    this.var = variable
    this.oldValue = values.has(key) ? (values.get(key) as T) : Token.MISSING
    this._context = context
  }
}

/**
 * The values of all context variables at one place. contextvars.Context, CPython 3.13.
 *
 * The map inside is never changed in place, so that a copy costs O(1); `set` pays for it.
 */
export class Context implements ContextHolder {
  /** @internal */ declare _values: Values
  declare private _isEntered: boolean

  constructor(values: Values = noValues) {
    this._values = values
    this._isEntered = false
  }

  /**
   * Calls `fn` with this as the current context, until it returns. An async function leaves the
   * context at its first suspension: give it to a task instead (`createTask(fn, { context })`).
   *
   * @throws {@link RuntimeError} if this context is current somewhere up the stack
   */
  run<A extends unknown[], R>(fn: (...args: A) => R, ...args: A): R {
    if (this._isEntered) throw new RuntimeError('cannot enter a Context that is entered already')
    this._isEntered = true
    const outer = enterContext(this)
    try {
      return fn(...args)
    } finally {
      enterContext(outer)
      this._isEntered = false
    }
  }

  /** @internal */
  get _context(): this {
    return this
  }

  /** @internal */
  get _contextValues(): Values {
    return this._values
  }

  copy(): Context {
    return new Context(this._values)
  }

  get<T>(variable: ContextVar<T>): T | undefined {
    return this._values.get(variable as ContextVar<unknown>) as T | undefined
  }

  has(variable: ContextVar<never> | ContextVar<unknown>): boolean {
    return this._values.has(variable as ContextVar<unknown>)
  }

  get size(): number {
    return this._values.size
  }

  keys(): MapIterator<ContextVar<unknown>> {
    return this._values.keys()
  }

  [Symbol.iterator](): MapIterator<[ContextVar<unknown>, unknown]> {
    return this._values.entries()
  }
}

/**
 * Who has a context, or what one would be made of: a task, a handle, a Context itself. Most never
 * touch a context variable, and a Context is made for those that do.
 */
export interface ContextHolder {
  readonly _context: Context
  readonly _contextValues: Values
}

/** For holders: the Context of what they hold, which they keep from then on. */
export function contextOf(held: Context | Values): Context {
  return held instanceof Context ? held : new Context(held)
}

export function valuesOf(held: Context | Values): Values {
  return held instanceof Context ? held._values : held
}

const root = new Context()
let active: ContextHolder | null = null
let findHolder: () => ContextHolder | null = () => null

/** A copy of the current context. contextvars.copy_context. */
export function copyContext(): Context {
  return new Context(currentValues())
}

/** The values that a copy of the current context would have. */
export function currentValues(): Values {
  return (active ?? findHolder() ?? root)._contextValues
}

/** While a callback runs, its own; in a task, that of the task. */
function currentContext(): Context {
  return (active ?? findHolder() ?? root)._context
}

/** Makes the context of `holder` the current one and gives back whose was; null leaves it to the task. */
export function enterContext(holder: ContextHolder | null): ContextHolder | null {
  const outer = active
  active = holder
  return outer
}

/** The rooms above know the task that runs, and so its context. */
export function setHolderSource(find: () => ContextHolder | null): void {
  findHolder = find
}
