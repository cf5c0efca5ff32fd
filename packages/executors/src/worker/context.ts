import { Context, type ContextVar, copyContext } from 'hocket'

const travelling = new Map<string, ContextVar<unknown>>()

/**
 * Makes a context variable travel with `toThread`: its value is copied to the worker and set there,
 * for that call. Call it in the module that makes the variable, and import that module on both sides;
 * the variable's name is what the two sides know it by.
 *
 * @throws {@link RangeError} if another variable of that name travels already
 */
export function travels<T>(variable: ContextVar<T>): ContextVar<T> {
  const known = travelling.get(variable.name)
  if (known !== undefined && known !== variable) {
    throw new RangeError(`another context variable '${variable.name}' travels already: rename one`)
  }
  travelling.set(variable.name, variable as ContextVar<unknown>)
  return variable
}

/** The values that travel, of the current context. */
export function valuesOfContext(): [string, unknown][] {
  const context = copyContext()
  const values: [string, unknown][] = []
  for (const [name, variable] of travelling) {
    if (context.has(variable)) values.push([name, context.get(variable)])
  }
  return values
}

/** A context with values that have travelled; of variables that nobody here has, nothing is known. */
export function withValues(values: readonly [string, unknown][]): Context {
  const context = new Context()
  context.run(() => {
    for (const [name, value] of values) travelling.get(name)?.set(value)
  })
  return context
}
