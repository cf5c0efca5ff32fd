const kBrand = Symbol('hocket.brand')

/**
 * Makes `instanceof` true across two installed copies of this package, as undici does: a class
 * marks its prototype with a symbol from the global registry and asks for that mark.
 *
 * A user's subclass has no mark of its own, so for it `instanceof` keeps its ordinary meaning.
 */
export function brand(errorClass: object, name: string): void {
  const mark = Symbol.for(`hocket.${name}`)
  Object.defineProperty((errorClass as { prototype: object }).prototype, mark, { value: true })
  Object.defineProperty((errorClass as { prototype: object }).prototype, 'name', {
    value: name,
    writable: true,
    configurable: true,
  })
  Object.defineProperty(errorClass, kBrand, { value: mark })
  Object.defineProperty(errorClass, Symbol.hasInstance, { value: hasInstance })
}

function hasInstance(this: object, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(this, kBrand)
    ? (value as Record<symbol, unknown>)[(this as Record<symbol, symbol>)[kBrand] as symbol] ===
        true
    : Function.prototype[Symbol.hasInstance].call(this, value)
}
