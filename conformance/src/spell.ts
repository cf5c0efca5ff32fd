import MagicString from 'magic-string'
import { hop } from './hop.ts'
import type { PairSpelling, Spelling } from './spellings.ts'
import { children, isFunction, isOnLoop, type Node, parse } from './syntax.ts'

type Mode = Exclude<Spelling, 'alternating'>

const helpers = `import { alternate, asyncIterator, dispose, on } from '../../src/spellings.ts'\n`

/**
 * Rewrites a program in another spelling. `async` functions become generator functions and
 * `await x` becomes `yield* on(x)`; `for await` and `await using` become loops and blocks that do the
 * same by such awaits. An async generator function becomes a generator function that awaits so, and
 * its `yield` stays: it is for `asyncGenerator` and its like. In the alternating spelling both versions of every function are
 * there, functions inside them included. Types are left to whoever loads the result.
 *
 * The function given to `onLoop` stays as it is: it is no coroutine.
 */
export function spell(source: string, file: string, spelling: PairSpelling): string {
  if (spelling === 'async') return source
  if (spelling === 'hopping') return hop(source, file)
  const root = parse(source, file)
  const speller = new Speller(source, file, spelling)
  return helpers + speller.render(root, 'async')
}

class Speller {
  readonly #source: string
  readonly #file: string
  readonly #spelling: Spelling

  constructor(source: string, file: string, spelling: Spelling) {
    this.#source = source
    this.#file = file
    this.#spelling = spelling
  }

  /**
   * The text of a node with its own awaits in `mode` and the functions inside it rewritten. Closing
   * pieces are prepended: outer nodes come first here and must end up last.
   */
  render(node: Node, mode: Mode): string {
    const text = new MagicString(this.#source)
    if (mode === 'generator') this.#toGenerator(node, text)
    this.#visit(node, text, mode)
    return text.slice(node.start, node.end)
  }

  #visit(node: Node, text: MagicString, mode: Mode): void {
    if (mode === 'generator') this.#toFinally(node, text)
    for (const child of children(node)) {
      if (isFunction(child) && child['async'] === true && !isOnLoop(node)) {
        text.update(child.start, child.end, this.#function(child))
        continue
      }
      const inner = isFunction(child) ? 'async' : mode
      if (inner === 'generator') this.#toYield(child, node, text)
      this.#visit(child, text, inner)
    }
  }

  #function(node: Node): string {
    if (node.type === 'FunctionDeclaration') this.#refuse(node, 'an async function declaration')
    const generator = this.render(node, 'generator')
    if (this.#spelling === 'generator') return generator
    return `alternate(${this.render(node, 'async')}, ${generator})`
  }

  /** `async (a) => …` becomes `function* (a) { … }`; the formatter sees to the parentheses. */
  #toGenerator(node: Node, text: MagicString): void {
    const body = node['body'] as Node
    const head = this.#source.slice(node.start, body.start)
    if (node.type !== 'ArrowFunctionExpression') {
      if (!head.startsWith('async')) this.#refuse(node, 'an async method')
      text.update(node.start, body.start, head.replace(/^async\s+function\s*\*?\s*/, 'function* '))
      return
    }
    const signature = head.replace(/^async\s*/, '').replace(/\s*=>\s*$/, '')
    text.update(node.start, body.start, `function* ${signature} `)
    if (body.type === 'BlockStatement') return
    text.appendLeft(body.start, '{ return ')
    text.prependLeft(body.end, ' }')
  }

  #toYield(node: Node, parent: Node, text: MagicString): void {
    if (node.type === 'ThisExpression') this.#refuse(node, '`this` in an async function')
    if (node.type === 'YieldExpression' && node['delegate'] === true) this.#refuse(node, '`yield*`')
    if (node.type === 'ForOfStatement' && node['await'] === true) this.#toIteration(node, text)
    if (node.type !== 'AwaitExpression') return
    const argument = node['argument'] as Node
    // A statement that begins with a parenthesis would go on from the line before.
    const isStatement = parent.type === 'ExpressionStatement'
    text.update(node.start, argument.start, isStatement ? 'yield* on(' : '(yield* on(')
    text.prependLeft(node.end, isStatement ? ')' : '))')
  }

  /**
   * `for await (const item of source) …`: the iterator's `next` is awaited by hand, and its `return`
   * where the body leaves the loop.
   */
  #toIteration(node: Node, text: MagicString): void {
    const [left, right, body] = [node['left'], node['right'], node['body']] as [Node, Node, Node]
    if (body.type !== 'BlockStatement') this.#refuse(node, '`for await` without braces')
    const declaration = this.#source.slice(left.start, left.end)
    text.update(node.start, right.start, '{ const iterator_ = asyncIterator(')
    text.update(
      right.end,
      body.start,
      '); let isLeft_ = false; try { for (;;) { isLeft_ = false; const step_ = yield* on(iterator_.next()); if (step_.done) break; isLeft_ = true; ',
    )
    text.appendLeft(body.start + 1, ` ${declaration} = step_.value;`)
    text.prependLeft(
      node.end,
      ' } } finally { if (isLeft_ && iterator_.return) yield* on(iterator_.return()) } }',
    )
  }

  /** `await using held = …` becomes a constant and a `try` to the end of its block. */
  #toFinally(node: Node, text: MagicString): void {
    if (node.type !== 'BlockStatement') return
    let ends = ''
    for (const child of node['body'] as Node[]) {
      if (child.type !== 'VariableDeclaration' || child['kind'] !== 'await using') continue
      const [declarator, another] = child['declarations'] as [Node, Node?]
      if (another !== undefined) this.#refuse(child, '`await using` of several names')
      const id = declarator['id'] as Node
      text.update(child.start, id.start, 'const ')
      text.prependRight(child.end, '; try {')
      ends = ` } finally { yield* dispose(${id['name']}) }${ends}`
    }
    if (ends !== '') text.appendLeft(node.end - 1, ends)
  }

  #refuse(node: Node, what: string): never {
    const line = this.#source.slice(0, node.start).split('\n').length
    throw new SyntaxError(
      `${this.#file}:${line}: ${what} has no other spelling here; write an async function expression`,
    )
  }
}
