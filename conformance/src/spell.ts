import MagicString from 'magic-string'
import { parseSync } from 'oxc-parser'
import type { Spelling } from './spellings.ts'

type Node = { type: string; start: number; end: number } & Record<string, unknown>
type Mode = Exclude<Spelling, 'alternating'>

const helpers = `import { alternate, asyncIterator, on } from '../../src/spellings.ts'\n`

/**
 * Rewrites a program in another spelling. `async` functions become generator functions and
 * `await x` becomes `yield* on(x)`; in the alternating spelling both versions of every function are
 * there, functions inside them included. Types are left to whoever loads the result.
 *
 * The function given to `onLoop` stays as it is: it is no coroutine.
 */
export function spell(source: string, file: string, spelling: Spelling): string {
  if (spelling === 'async') return source
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`)
  const root = program as unknown as Node
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
    if (node['generator'] === true) this.#refuse(node, 'an async generator function')
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
      text.update(node.start, body.start, head.replace(/^async\s+function/, 'function*'))
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
    if (node.type === 'ForOfStatement' && node['await'] === true) this.#toIteration(node, text)
    if (node.type !== 'AwaitExpression') return
    const argument = node['argument'] as Node
    // A statement that begins with a parenthesis would go on from the line before.
    const isStatement = parent.type === 'ExpressionStatement'
    text.update(node.start, argument.start, isStatement ? 'yield* on(' : '(yield* on(')
    text.prependLeft(node.end, isStatement ? ')' : '))')
  }

  /** `for await (const item of source) …`: the iterator's `next` is awaited by hand. */
  #toIteration(node: Node, text: MagicString): void {
    const [left, right, body] = [node['left'], node['right'], node['body']] as [Node, Node, Node]
    const declaration = this.#source.slice(left.start, left.end)
    text.update(node.start, right.start, 'for (const iterator_ = asyncIterator(')
    text.update(
      right.end,
      body.start,
      '), step_ = { result: undefined }; !(step_.result = yield* on(iterator_.next())).done; ) ',
    )
    text.appendLeft(body.start + 1, ` ${declaration} = step_.result.value;`)
  }

  #refuse(node: Node, what: string): never {
    const line = this.#source.slice(0, node.start).split('\n').length
    throw new SyntaxError(
      `${this.#file}:${line}: ${what} has no other spelling here; write an async function expression`,
    )
  }
}

function isFunction(node: Node): boolean {
  return /^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(node.type)
}

function isOnLoop(node: Node): boolean {
  const callee = node['callee'] as Node | undefined
  return node.type === 'CallExpression' && callee?.['name'] === 'onLoop'
}

function* children(node: Node): Iterable<Node> {
  for (const key of Object.keys(node)) {
    const value = node[key]
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item?.type === 'string' && typeof item.start === 'number') yield item
    }
  }
}
