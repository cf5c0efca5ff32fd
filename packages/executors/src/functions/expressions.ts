import { FunctionParts } from './function-parts.ts'
import { Unsure } from './scanner.ts'

const BINARY =
  /^(?:[-+*/%&|^<>=]|\*\*|<<|>>|>>>|&&|\|\||\?\?|[=!]==?|<=|>=|(?:[-+*/%&|^]|\*\*|<<|>>|>>>|&&|\|\||\?\?)=)$/
const PREFIX = new Set(['+', '-', '!', '~', '++', '--', 'typeof', 'void', 'delete', 'await', 'new'])
const LITERAL = new Set(['null', 'true', 'false'])
const ENDS_YIELD = new Set([')', ']', '}', ',', ';', ':'])
const VITE_IMPORT = /^__(?:vite_ssr|vi)_import_\d+__$/
const IMPORT_META = /^(?:__(?:vite_ssr|vi)_import_meta__|define_import_meta_default|import_meta)$/

/** The name that Vite gives to `import()` in tests. */
export const VITE_DYNAMIC_IMPORT = '__vite_ssr_dynamic_import__'

/**
 * Goes through expressions for the names in them. The engine has read the text before, so it is
 * known to be right: precedence, and where a semicolon is implied, make no difference to the names.
 */
export abstract class ExpressionReader extends FunctionParts {
  readonly #arrows = new Map<number, boolean>()

  protected override expression(): void {
    do this.assignment()
    while (this.takeIf(','))
  }

  /** Everything without a comma: an operand, and others behind operators. */
  protected override assignment(): void {
    for (;;) {
      if (this.operand()) return
      if (this.takeIf('?')) {
        this.assignment()
        this.expect(':')
        this.assignment()
        return
      }
      const { type, text } = this.token
      const isOperator = type === 'punctuator' && BINARY.test(text)
      if (!isOperator && !this.is('in') && !this.is('instanceof')) return
      this.take()
    }
  }

  /** An operand with what is before and behind it; true if it is an arrow function, which ends all. */
  protected override operand(): boolean {
    for (;;) {
      const { type, text } = this.token
      if ((type !== 'name' && type !== 'punctuator') || (!PREFIX.has(text) && text !== 'yield'))
        break
      this.take()
      if (text === 'new' && this.is('.')) {
        this.take()
        this.take()
        this.#ownArguments('new.target')
        this.#suffixes()
        return false
      }
      if (text === 'yield') {
        if (this.token.type === 'end' || this.token.isOnNewLine || ENDS_YIELD.has(this.token.text))
          return false
        this.takeIf('*')
      }
    }
    if (this.#primary()) return true
    this.#suffixes()
    return false
  }

  #suffixes(): void {
    for (;;) {
      if (this.takeIf('.')) this.take()
      else if (this.takeIf('?.')) {
        if (!this.is('[') && !this.is('(') && !this.is('`')) this.take()
      } else if (this.takeIf('[')) {
        this.expression()
        this.expect(']')
      } else if (this.is('(')) this.list('(', ')')
      else if (this.is('`')) this.#template()
      else if (!this.takeIf('++') && !this.takeIf('--')) return
    }
  }

  #primary(): boolean {
    const { type, text } = this.token
    if (type === 'name') return this.#named()
    if (type === 'punctuator') {
      if (text === '(') return this.#parenthesis()
      if (text === '[') this.list('[', ']')
      else if (text === '{') this.#object()
      else if (text === '`') this.#template()
      else if (text === '/' || text === '/=') this.takeRegex()
      else this.unexpected()
    } else if (type === 'end') this.unexpected()
    else this.take()
    return false
  }

  #named(): boolean {
    const { text } = this.token
    const next = this.peek()
    if (text === 'async' && !next.isOnNewLine) {
      if (next.text === 'function') {
        this.take()
        this.functionExpression()
        return false
      }
      if (
        next.type === 'name' &&
        next.text !== 'in' &&
        next.text !== 'of' &&
        next.text !== 'instanceof'
      ) {
        this.take()
        return this.#arrowOfOneName()
      }
      if (next.text === '(' && this.#isArrow(next.start, () => this.#skipAsyncList())) {
        this.take()
        return this.#arrow()
      }
    }
    if (text === 'function') this.functionExpression()
    else if (text === 'class') this.classExpression()
    else if (next.text === '=>' && next.type === 'punctuator') return this.#arrowOfOneName()
    else {
      this.take()
      this.#reference(text)
    }
    return false
  }

  #reference(name: string): void {
    if (LITERAL.has(name)) return
    if (name === 'this' || name === 'super') {
      if (this.thisDepth <= 0) this.scopes.refer(name)
    } else if (name === 'arguments') this.#ownArguments(name)
    else if (name === 'import' || name === VITE_DYNAMIC_IMPORT) this.#import()
    else if (VITE_IMPORT.test(name) && this.is('.')) this.scopes.refer(this.peek().text)
    else this.scopes.refer(IMPORT_META.test(name) ? 'import.meta' : name)
  }

  #ownArguments(name: string): void {
    const isOwn = this.thisDepth > 0 || (this.thisDepth === 0 && this.hasArguments)
    if (!isOwn) this.scopes.refer(name)
  }

  #import(): void {
    if (this.is('.')) {
      this.scopes.refer('import.meta')
      return
    }
    const specifier = this.is('(') ? this.peek() : this.token
    const isAbsolute =
      specifier.type === 'string' && /^["'](?:node|file|data|https?):/.test(specifier.text)
    if (!isAbsolute) {
      throw new Unsure(
        "import() of what is relative to its module, or only known later: import('node:…') is understood",
      )
    }
  }

  #template(): void {
    let from = this.token.end
    while (this.takeTemplateText(from)) {
      this.expression()
      if (!this.is('}')) this.unexpected()
      from = this.token.end
    }
  }

  /** Arguments, items of an array, or what is in parentheses. */
  protected list(open: string, close: string): void {
    this.expect(open)
    while (!this.takeIf(close)) {
      this.takeIf('...')
      if (!this.is(',')) this.assignment()
      if (!this.is(close)) this.expect(',')
    }
  }

  #parenthesis(): boolean {
    if (this.#isArrow(this.token.start, () => this.list('(', ')'))) return this.#arrow()
    this.list('(', ')')
    return false
  }

  #skipAsyncList(): void {
    this.take()
    this.list('(', ')')
  }

  /** Reads what is ahead as an expression, to see whether `=>` follows, and goes back. */
  #isArrow(start: number, skip: () => void): boolean {
    const known = this.#arrows.get(start)
    if (known !== undefined) return known
    const { token } = this
    const undo = this.scopes.mark()
    skip()
    const isArrow = this.is('=>') && !this.token.isOnNewLine
    undo()
    this.token = token
    this.#arrows.set(start, isArrow)
    return isArrow
  }

  #arrowOfOneName(): boolean {
    this.scopes.inside(true, () => {
      this.scopes.declare(this.takeName(), false)
      this.#arrowBody()
    })
    return true
  }

  #arrow(): boolean {
    this.scopes.inside(true, () => {
      this.parameters()
      this.#arrowBody()
    })
    return true
  }

  #arrowBody(): void {
    this.expect('=>')
    this.scopes.inside(true, () => {
      if (this.is('{')) this.block()
      else this.assignment()
    })
  }

  #object(): void {
    this.expect('{')
    while (!this.takeIf('}')) {
      if (this.takeIf('...')) this.assignment()
      else this.#property()
      if (!this.is('}')) this.expect(',')
    }
  }

  #property(): void {
    this.modifiers()
    const name = this.key()
    if (this.is('(')) this.method()
    else if (this.takeIf(':')) this.assignment()
    else {
      if (name === undefined) this.unexpected()
      this.#reference(name)
      // `{ a = 1 }` is a pattern that is assigned to.
      if (this.takeIf('=')) this.assignment()
    }
  }
}
