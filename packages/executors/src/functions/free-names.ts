import { ExpressionReader } from './expressions.ts'

/**
 * The names in the text of a function that refer to something outside of it, globals among them.
 * `this`, `super`, `arguments`, `new.target` and `import.meta` count as names where they are not the
 * function's own; `this` of the function itself does, for a worker gives it none. The text is an
 * expression, in strict mode, and the engine has accepted it; that of a method has `({` before and
 * `})` behind it.
 *
 * @throws `Unsure` if it has something that is not understood
 */
export function freeNames(source: string): ReadonlySet<string> {
  return new FunctionReader(source).read()
}

class FunctionReader extends ExpressionReader {
  read(): ReadonlySet<string> {
    const isMethod = this.is('(') && this.peek().text === '{'
    const isFunction = this.is('function') || (this.is('async') && this.peek().text === 'function')
    this.hasArguments = isMethod || isFunction
    // Parameters and body are one deeper.
    if (this.hasArguments) this.thisDepth = -1
    this.assignment()
    if (this.token.type !== 'end') this.unexpected()
    return this.scopes.free
  }

  protected override block(): void {
    this.expect('{')
    while (!this.takeIf('}')) this.#statement()
  }

  #scopedBlock(): void {
    this.scopes.inside(false, () => this.block())
  }

  #statement(): void {
    const { type, text } = this.token
    if (type === 'punctuator' && text === '{') this.#scopedBlock()
    else if (type === 'punctuator' && text === ';') this.take()
    else if (type !== 'name' || !this.#keyword(text)) {
      this.expression()
      this.takeIf(';')
    }
  }

  /** A statement that begins with a keyword; false if the name is none. */
  #keyword(text: string): boolean {
    switch (text) {
      case 'var':
      case 'let':
      case 'const':
        this.take()
        this.#declarations(text === 'var')
        return true
      case 'function':
        this.#functionDeclaration()
        return true
      case 'class':
        this.#classDeclaration()
        return true
      case 'if':
        this.#condition()
        this.#body()
        if (this.takeIf('else')) this.#body()
        return true
      case 'while':
        this.#condition()
        this.#body()
        return true
      case 'do':
        this.take()
        this.#body()
        this.#condition('while')
        this.takeIf(';')
        return true
      case 'for':
        this.scopes.inside(false, () => this.#for())
        return true
      case 'switch':
        this.#switch()
        return true
      case 'try':
        this.#try()
        return true
      case 'break':
      case 'continue':
        this.take()
        if (this.token.type === 'name' && !this.token.isOnNewLine) this.take()
        this.takeIf(';')
        return true
      case 'return':
      case 'throw':
        this.#return()
        return true
      case 'debugger':
        this.take()
        this.takeIf(';')
        return true
      default:
        return this.#asyncOrLabel(text)
    }
  }

  #asyncOrLabel(text: string): boolean {
    const next = this.peek()
    if (text === 'async' && next.text === 'function' && !next.isOnNewLine) {
      this.take()
      this.#functionDeclaration()
      return true
    }
    if (next.type === 'punctuator' && next.text === ':') {
      this.take()
      this.take()
      this.#body()
      return true
    }
    return this.#using()
  }

  /** `using x = …` and `await using x = …`; in other places both are names. */
  #using(): boolean {
    const { token } = this
    if (this.is('await')) this.take()
    if (this.is('using') && this.#isDeclared()) {
      this.take()
      this.#declarations(false)
      return true
    }
    this.token = token
    return false
  }

  #isDeclared(): boolean {
    const next = this.peek()
    if (next.type !== 'name' || next.isOnNewLine) return false
    return next.text !== 'in' && next.text !== 'of' && next.text !== 'instanceof'
  }

  /** One statement where a block could be: a declaration in it stays in it. */
  #body(): void {
    this.scopes.inside(false, () => this.#statement())
  }

  #condition(keyword?: string): void {
    if (keyword === undefined) this.take()
    else this.expect(keyword)
    this.expect('(')
    this.expression()
    this.expect(')')
  }

  #declarations(isVar: boolean): void {
    do this.binding(isVar)
    while (this.takeIf(','))
    this.takeIf(';')
  }

  #functionDeclaration(): void {
    this.expect('function')
    this.takeIf('*')
    this.scopes.declare(this.takeName(), false)
    this.method()
  }

  #classDeclaration(): void {
    this.expect('class')
    const name = this.takeName()
    this.scopes.declare(name, false)
    this.classTail()
  }

  #for(): void {
    this.expect('for')
    this.takeIf('await')
    this.expect('(')
    const keyword = this.token.text
    const isUsing = this.is('using') && this.#isDeclared()
    const isAwaitUsing = this.is('await') && this.peek().text === 'using'
    if (isAwaitUsing) this.take()
    if (this.is('var') || this.is('let') || this.is('const') || isUsing || isAwaitUsing) {
      this.take()
      do this.binding(keyword === 'var')
      while (this.takeIf(','))
    } else if (!this.is(';')) this.expression()
    if (this.takeIf('of') || this.takeIf('in')) this.expression()
    else if (this.takeIf(';')) {
      if (!this.is(';')) this.expression()
      this.expect(';')
      if (!this.is(')')) this.expression()
    }
    this.expect(')')
    this.#body()
  }

  #switch(): void {
    this.#condition()
    this.expect('{')
    this.scopes.inside(false, () => {
      while (!this.takeIf('}')) {
        if (this.takeIf('case')) {
          this.expression()
          this.expect(':')
        } else if (this.takeIf('default')) this.expect(':')
        else this.#statement()
      }
    })
  }

  #try(): void {
    this.take()
    this.#scopedBlock()
    if (this.takeIf('catch')) {
      this.scopes.inside(false, () => {
        if (this.takeIf('(')) {
          this.binding(false)
          this.expect(')')
        }
        this.#scopedBlock()
      })
    }
    if (this.takeIf('finally')) this.#scopedBlock()
  }

  #return(): void {
    this.take()
    const { type, isOnNewLine } = this.token
    if (type !== 'end' && !isOnNewLine && !this.is(';') && !this.is('}')) this.expression()
    this.takeIf(';')
  }
}
