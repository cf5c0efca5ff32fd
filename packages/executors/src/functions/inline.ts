type AnyFunction = (...args: never[]) => unknown

/** The text of a function that refers to nothing outside itself, as an expression. */
export function inlineSource(fn: AnyFunction): string {
  return Function.prototype.toString.call(fn)
}

/** The function that such a text is, made here. */
export function evaluateSource(source: string): AnyFunction {
  return new Function(`'use strict'; return (${source})`)() as AnyFunction
}
