import { parseSync } from 'oxc-parser'

export type Node = { type: string; start: number; end: number } & Record<string, unknown>

export function parse(source: string, file: string): Node {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`)
  return program as unknown as Node
}

export function isFunction(node: Node): boolean {
  return /^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration)$/.test(node.type)
}

/** The call that takes a function which is no coroutine, whatever the spelling. */
export function isOnLoop(node: Node): boolean {
  const callee = node['callee'] as Node | undefined
  return node.type === 'CallExpression' && callee?.['name'] === 'onLoop'
}

export function* children(node: Node): Iterable<Node> {
  for (const key of Object.keys(node)) {
    const value = node[key]
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item?.type === 'string' && typeof item.start === 'number') yield item
    }
  }
}
