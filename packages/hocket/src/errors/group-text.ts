// As in Python's tracebacks: a report is to be read, and a thousand alike say nothing more.
const WIDEST = 15
const DEEPEST = 10

interface Group {
  readonly name: string
  readonly message: string
  readonly stack?: string | undefined
  readonly errors: readonly unknown[]
  readonly cause?: unknown
}

type Inspect = (value: unknown, options: object) => string

const underWay = new Set<Group>()

/** A group and its errors as a tree, a line or a few for each. */
export function describeGroup(group: Group): string {
  return lines(group, titleOf, 1).join('\n')
}

/** What Node's console prints: the tree with the stack of each. */
export function inspectGroup(
  this: Group,
  _depth: number,
  options: object,
  inspect: Inspect,
): string {
  // An error in it may have the group as its cause, and each `inspect` begins anew.
  if (underWay.has(this)) return `[Circular ${titleOf(this)}]`
  underWay.add(this)
  try {
    return lines(this, (error) => bodyOf(error, options, inspect), 1).join('\n')
  } finally {
    underWay.delete(this)
  }
}

function lines(group: Group, show: (error: unknown) => string, depth: number): string[] {
  const shown = group.errors.slice(0, WIDEST)
  const left = group.errors.length - shown.length
  const branches = shown.map((error) => {
    if (!isGroup(error)) return show(error).split('\n')
    return depth < DEEPEST
      ? lines(error, show, depth + 1)
      : [...show(error).split('\n'), '… deeper groups']
  })
  if (left > 0) branches.push([`… and ${left} more`])
  return [
    ...show(group).split('\n'),
    ...branches.flatMap((branch, index) => grow(branch, index === branches.length - 1)),
  ]
}

function grow(branch: string[], isLast: boolean): string[] {
  return branch.map((line, index) => {
    if (index === 0) return `${isLast ? '└─' : '├─'} ${line}`
    return `${isLast ? '  ' : '│ '} ${line}`
  })
}

function isGroup(value: unknown): value is Group {
  const kGroup = Symbol.for('hocket.ExceptionGroup')
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as Record<symbol, unknown>)[kGroup] === true
  )
}

function titleOf(error: unknown): string {
  if (isGroup(error)) return `${error.name}: ${error.message}`
  try {
    return String(error)
  } catch {
    return Object.prototype.toString.call(error)
  }
}

function bodyOf(error: unknown, options: object, inspect: Inspect): string {
  if (!isGroup(error)) return inspect(error, options)
  const own = error.stack ?? titleOf(error)
  return 'cause' in error ? `${own}\n  [cause]: ${inspect(error.cause, options)}` : own
}
