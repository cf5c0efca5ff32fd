import MagicString from 'magic-string'
import { parseSync, Visitor } from 'oxc-parser'

/**
 * Makes a test module of an example.
 *
 * - `expression // => value` and `const name = … // => value` become `expect(…).toEqual(value)`,
 *   `console.log(x) // => value` looks at x;
 * - `expression // => throws Name` expects an error of that name, and awaits where it must;
 * - in a doc comment, names the package exports need no import; `exported` maps a name to the
 *   module that has it.
 *
 * Lines keep their numbers, since a failure shows the line. `__reached` is called with the number
 * of each expectation: one that never runs has proved nothing. Gives the code and how many there are.
 */
export function exampleToModule(code, { line, exported = new Map() }) {
  const { program, comments, errors } = parseSync('example.ts', code)
  if (errors.length > 0) throw new SyntaxError(errors[0].message)
  const output = new MagicString(code)
  let expectations = 0
  const statements = listStatements(program)
  for (const comment of comments) {
    const wanted = /^\s*=>\s*(.+?)\s*$/s.exec(comment.value)
    if (wanted === null) continue
    const statement = statementBefore(statements, code, comment.start)
    if (statement === null) {
      throw new SyntaxError(`nothing stands before '//${comment.value}' on its line to be expected`)
    }
    expect(output, code, statement, wanted[1], expectations++)
  }
  const header = [
    `import { expect as __expect } from 'vitest'`,
    `const __reached = (n) => globalThis.__reachedExpectations.add(n)`,
    ...importsFor(program, exported),
  ].join('; ')
  return { code: `${'\n'.repeat(line - 2)}${header}\n${output.toString()}`, expectations }
}

function expect(output, code, statement, wanted, number) {
  const reached = `__reached(${number})`
  if (statement.type === 'VariableDeclaration') {
    const name = statement.declarations.at(-1).id
    if (name.type !== 'Identifier') {
      throw new SyntaxError(`'// => ${wanted}' after a pattern: give the value a name of its own`)
    }
    output.appendLeft(statement.end, `; ${reached}; __expect(${name.name}).toEqual(${wanted})`)
    return
  }
  let { expression } = statement
  if (isConsoleLog(expression)) [expression] = expression.arguments
  const source = code.slice(expression.start, expression.end)
  const name = /^throws (\w+)$/.exec(wanted)?.[1]
  let check = `void (${reached}, __expect(${source}).toEqual(${wanted}))`
  if (name !== undefined) {
    const awaits = expression.type === 'AwaitExpression'
    const call = awaits ? `async () => ${source}` : `() => ${source}`
    const checker = `__expect(${call})${awaits ? '.rejects' : ''}`
    check = `${awaits ? 'await' : 'void'} (${reached}, ${checker}.toThrow(__expect.objectContaining({ name: '${name}' })))`
  }
  output.overwrite(statement.start, statement.end, check)
}

function isConsoleLog(node) {
  return (
    node.type === 'CallExpression' &&
    node.callee.type === 'MemberExpression' &&
    node.callee.object.name === 'console' &&
    node.callee.property.name === 'log' &&
    node.arguments.length === 1
  )
}

function listStatements(program) {
  const found = []
  const visitor = new Visitor({
    ExpressionStatement: (node) => found.push(node),
    VariableDeclaration: (node) => found.push(node),
  })
  visitor.visit(program)
  return found
}

/** The innermost statement that ends on the comment's line, right before it. */
function statementBefore(statements, code, offset) {
  const fitting = statements.filter(
    ({ end }) => end <= offset && /^[ \t]*;?[ \t]*$/.test(code.slice(end, offset)),
  )
  return fitting.sort((a, b) => b.start - a.start)[0] ?? null
}

/** Imports for the names that the example uses and does not bring itself. */
function importsFor(program, exported) {
  const used = new Set()
  const own = new Set()
  const visitor = new Visitor({
    Identifier: (node) => used.add(node.name),
    ImportSpecifier: (node) => own.add(node.local.name),
    VariableDeclarator: (node) => own.add(node.id.name),
    FunctionDeclaration: (node) => own.add(node.id?.name),
    ClassDeclaration: (node) => own.add(node.id?.name),
  })
  visitor.visit(program)
  const byModule = new Map()
  for (const name of used) {
    const from = exported.get(name)
    if (from === undefined || own.has(name)) continue
    byModule.set(from, [...(byModule.get(from) ?? []), name])
  }
  return [...byModule].map(([from, names]) => `import { ${names.join(', ')} } from '${from}'`)
}
