import { parseSync, Visitor } from 'oxc-parser'

/**
 * Every module that a source text imports or re-exports from, type-only ones and `import('…')`
 * included, with the line.
 */
export function importsOf(path, text) {
  const { module, program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}`)
  const found = new Map()
  const add = (specifier, offset) => {
    const line = text.slice(0, offset).split('\n').length
    found.set(`${line} ${specifier}`, { specifier, line })
  }
  for (const { moduleRequest, start } of module.staticImports) add(moduleRequest.value, start)
  for (const { entries, start } of module.staticExports) {
    for (const { moduleRequest } of entries) {
      if (moduleRequest) add(moduleRequest.value, start)
    }
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])([^$]*)\1$/s.exec(text.slice(moduleRequest.start, moduleRequest.end))
    if (literal) add(literal[2], start)
  }
  new Visitor({ TSImportType: (node) => add(node.source.value, node.start) }).visit(program)
  return [...found.values()].sort((a, b) => a.line - b.line)
}
