/** A piece of source text. Keywords are names here: what they mean depends on where they are. */
export interface Token {
  readonly type: 'name' | 'private' | 'number' | 'string' | 'punctuator' | 'end'
  readonly text: string
  readonly start: number
  readonly end: number
  /** Whether a line ends before it. */
  readonly isOnNewLine: boolean
}

/** The text is beyond what is understood here. Nothing is sent that is not understood. */
class Unsure extends Error {}

export { Unsure }

const SPACE = /(?:\s|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/)*/uy
const LINE_END = /[\n\r\u2028\u2029]/u
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const PRIVATE = /#[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*/uy
const NUMBER =
  /0[xX][\da-fA-F_]+n?|0[oO][0-7_]+n?|0[bB][01_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?[\d_]+)?n?/uy
const STRING = /'(?:[^'\\]|\\[\s\S])*'|"(?:[^"\\]|\\[\s\S])*"/uy
const REGEX = /\/(?:[^/\\[\n\r]|\\.|\[(?:[^\]\\\n\r]|\\.)*\])+\/[\p{ID_Continue}$]*/uy
const PUNCTUATOR =
  /\.{3}|>>>=|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|==|!=|<=|>=|&&|\|\||\?\?|\?\.(?!\d)|\+\+|--|\+=|-=|\*=|\/=|%=|&=|\|=|\^=|<<|>>|\*\*|[{}()[\];,<>+\-*/%&|^!~?:=.`]/uy
const TEMPLATE = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/uy

/** Cuts source text into tokens, one at a time: whoever parses knows whether `/` begins a regex. */
export class Scanner {
  protected readonly source: string
  protected token: Token

  constructor(source: string) {
    this.source = source
    this.token = this.scan(0)
  }

  /** Whether the current token is this keyword or punctuator. */
  protected is(text: string): boolean {
    const { type } = this.token
    return this.token.text === text && (type === 'name' || type === 'punctuator')
  }

  /** Takes the current token, and gives it. */
  protected take(): Token {
    const { token } = this
    this.token = this.scan(token.end)
    return token
  }

  /** Takes the current token if it is this one. */
  protected takeIf(text: string): boolean {
    const isIt = this.is(text)
    if (isIt) this.take()
    return isIt
  }

  protected expect(text: string): void {
    if (!this.takeIf(text)) this.unexpected()
  }

  protected takeName(): string {
    return this.token.type === 'name' ? this.take().text : this.unexpected()
  }

  /** The token after the current one. */
  protected peek(): Token {
    return this.scan(this.token.end)
  }

  /** The current `/` or `/=` begins a regular expression. */
  protected takeRegex(): void {
    const { start } = this.token
    this.token = this.scan(this.match(REGEX, start) ?? this.unexpected())
  }

  /** Goes on after the text of a template; true if an expression follows. */
  protected takeTemplateText(from: number): boolean {
    const end = this.match(TEMPLATE, from) ?? this.unexpected()
    this.token = this.scan(end)
    return this.source[end - 1] === '{'
  }

  protected unexpected(): never {
    const { text, start } = this.token
    const line = this.source.slice(0, start).split('\n').length
    throw new Unsure(
      text === '' ? 'its end is missing' : `'${text}' in line ${line} is not understood`,
    )
  }

  private scan(from: number): Token {
    const start = this.match(SPACE, from) as number
    const isOnNewLine = LINE_END.test(this.source.slice(from, start))
    const [type, end] = this.classify(start)
    // A comment for a script, and operators for a module: the text would mean two things.
    if (this.source.startsWith('<!--', start)) throw new Unsure("'<!--' is not understood")
    return { type, text: this.source.slice(start, end), start, end, isOnNewLine }
  }

  private classify(start: number): [Token['type'], number] {
    const first = this.source[start]
    if (first === undefined) return ['end', start]
    if (first === "'" || first === '"') return this.one('string', STRING, start)
    if (first === '#') return this.one('private', PRIVATE, start)
    const isNumber = /\d/.test(first) || (first === '.' && /\d/.test(this.source[start + 1] ?? ''))
    if (isNumber) return this.one('number', NUMBER, start)
    const end = this.match(NAME, start)
    if (end === undefined) return this.one('punctuator', PUNCTUATOR, start)
    if (this.source[end] === '\\') throw new Unsure('an escape in a name is not understood')
    return ['name', end]
  }

  private one(type: Token['type'], pattern: RegExp, start: number): [Token['type'], number] {
    const end = this.match(pattern, start)
    if (end === undefined) {
      throw new Unsure(`${JSON.stringify(this.source.slice(start, start + 10))} is not understood`)
    }
    return [type, end]
  }

  private match(pattern: RegExp, from: number): number | undefined {
    pattern.lastIndex = from
    return pattern.test(this.source) ? pattern.lastIndex : undefined
  }
}
