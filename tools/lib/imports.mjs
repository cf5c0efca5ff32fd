import { parseSync, Visitor } from 'oxc-parser'

// `import { type A }` is not among them: what is emitted for it still loads the module.
const typeOnly = /^(import|export)\s+type\b/

/**
 * Every module that a source text imports or re-exports from, type-only ones and `import('…')`
 * included, with the line and whether
 * nothing is left of it at run time (`types`).
 */
export function importsOf(path, text) {
  const { module, program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new SyntaxError(`${path}: ${errors[0].message}`)
  const found = new Map()
  const add = (specifier, offset, types) => {
    const line = text.slice(0, offset).split('\n').length
    found.set(`${line} ${specifier}`, { specifier, line, types })
  }
  const isTypeOnly = (start) => typeOnly.test(text.slice(start, start + 40))
  for (const { moduleRequest, start } of module.staticImports)
    add(moduleRequest.value, start, isTypeOnly(start))
  for (const { entries, start } of module.staticExports) {
    for (const { moduleRequest } of entries) {
      if (moduleRequest) add(moduleRequest.value, start, isTypeOnly(start))
    }
  }
  for (const { moduleRequest, start } of module.dynamicImports) {
    const literal = /^(['"`])([^$]*)\1$/s.exec(text.slice(moduleRequest.start, moduleRequest.end))
    if (literal) add(literal[2], start, false)
  }
  new Visitor({ TSImportType: (node) => add(node.source.value, node.start, true) }).visit(program)
  return [...found.values()].sort((a, b) => a.line - b.line)
}
