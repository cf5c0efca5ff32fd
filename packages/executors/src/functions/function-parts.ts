import { Scanner } from './scanner.ts'
import { Scopes } from './scopes.ts'

/** What may follow a key, so that `get` or `async` before it was the key. */
const AFTER_KEY = new Set(['(', ':', ',', '}', '=', ';'])

/** Goes through parameters, patterns, functions and classes, and notes what they declare. */
export abstract class FunctionParts extends Scanner {
  protected readonly scopes: Scopes = new Scopes()
  /**
   * How many functions and classes with a `this` of their own are around: 0 in the function itself,
   * -1 outside of it, in the computed key of a method.
   */
  protected thisDepth = 0
  /** Whether `arguments` is the function's own. */
  protected hasArguments = false

  /** A list of statements in braces, from the `{` on. */
  protected abstract block(): void

  protected abstract expression(): void

  /** An expression without a comma. */
  protected abstract assignment(): void

  /** An operand with what is before and behind it; true if it is an arrow function, which ends all. */
  protected abstract operand(): boolean

  /** `get`, `async`, `static`, `*` and the like before a key. */
  protected modifiers(): void {
    for (;;) {
      if (this.takeIf('*')) continue
      if (!/^(?:get|set|async|static|accessor)$/.test(this.token.text)) return
      const next = this.peek()
      if (next.type === 'end' || (next.type === 'punctuator' && AFTER_KEY.has(next.text))) return
      this.take()
    }
  }

  /** The key of a property; its text if that is a name. */
  protected key(): string | undefined {
    if (this.takeIf('[')) {
      this.expression()
      this.expect(']')
      return undefined
    }
    const { type, text } = this.take()
    if (type === 'punctuator' || type === 'end') this.unexpected()
    return type === 'name' ? text : undefined
  }

  /** Parameters and body of a function that is not an arrow. */
  protected method(): void {
    this.withOwnThis(() => {
      this.scopes.inside(true, () => {
        this.parameters()
        this.scopes.inside(true, () => this.block())
      })
    })
  }

  protected withOwnThis(body: () => void): void {
    this.thisDepth++
    body()
    this.thisDepth--
  }

  protected functionExpression(): void {
    this.expect('function')
    this.takeIf('*')
    this.scopes.inside(false, () => {
      if (this.token.type === 'name') this.scopes.declare(this.takeName(), false)
      this.method()
    })
  }

  protected classExpression(): void {
    this.expect('class')
    this.scopes.inside(false, () => {
      if (this.token.type === 'name' && !this.is('extends')) {
        this.scopes.declare(this.takeName(), false)
      }
      this.classTail()
    })
  }

  protected classTail(): void {
    if (this.takeIf('extends')) this.operand()
    this.expect('{')
    while (!this.takeIf('}')) {
      if (!this.takeIf(';')) this.#member()
    }
  }

  #member(): void {
    if (this.is('static') && this.peek().text === '{') {
      this.take()
      this.withOwnThis(() => this.scopes.inside(true, () => this.block()))
      return
    }
    this.modifiers()
    this.key()
    if (this.is('(')) this.method()
    else if (this.takeIf('=')) this.withOwnThis(() => this.assignment())
  }

  protected parameters(): void {
    this.expect('(')
    while (!this.takeIf(')')) {
      this.takeIf('...')
      this.binding(false)
      if (!this.is(')')) this.expect(',')
    }
  }

  /** What a declaration declares: a name or a pattern, perhaps with a default. */
  protected binding(isVar: boolean): void {
    if (this.takeIf('[')) {
      while (!this.takeIf(']')) {
        this.takeIf('...')
        if (!this.is(',')) this.binding(isVar)
        if (!this.is(']')) this.expect(',')
      }
    } else if (this.takeIf('{')) {
      while (!this.takeIf('}')) {
        if (this.takeIf('...')) this.binding(isVar)
        else this.#bindingProperty(isVar)
        if (!this.is('}')) this.expect(',')
      }
    } else this.scopes.declare(this.takeName(), isVar)
    if (this.takeIf('=')) this.assignment()
  }

  #bindingProperty(isVar: boolean): void {
    const name = this.key()
    if (this.takeIf(':')) {
      this.binding(isVar)
      return
    }
    if (name === undefined) this.unexpected()
    this.scopes.declare(name, isVar)
    if (this.takeIf('=')) this.assignment()
  }
}
