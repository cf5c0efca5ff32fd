import MagicString from 'magic-string'
import { children, isFunction, isOnLoop, type Node, parse } from './syntax.ts'

/**
 * Puts an `await` of no promise at all before and after whatever an async function awaits: a step
 * goes on through as many microtasks as it likes, and nothing else may run in between.
 */
export function hop(source: string, file: string): string {
  const text = new MagicString(source)
  visit(parse(source, file), text, false)
  return `const first_ = <T>(value: T, _hop: null): T => value\n${text}`
}

function visit(node: Node, text: MagicString, isAsync: boolean): void {
  for (const child of children(node)) {
    const inner = isFunction(child) ? child['async'] === true && !isOnLoop(node) : isAsync
    if (child.type === 'AwaitExpression' && isAsync) hopAround(child, text)
    visit(child, text, inner)
  }
}

function hopAround(node: Node, text: MagicString): void {
  const argument = node['argument'] as Node
  text.prependRight(node.start, 'first_(')
  text.appendLeft(argument.start, '(await null, ')
  text.prependLeft(node.end, '), await null)')
}
