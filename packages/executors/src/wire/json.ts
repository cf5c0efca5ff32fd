/** How deep a message is looked into; what is deeper goes as structured clone. */
const DEEPEST = 16

/** JSON says exactly this: `JSON.parse(JSON.stringify(value))` is the same for all that can be seen. */
export function isJson(value: unknown): boolean {
  return says(value, 0)
}

function says(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Object.is(value, -0)
  // A long text is as fast either way, and one that is not well-formed would be changed.
  if (typeof value === 'string') return value.length < 65_536 && isWellFormed(value)
  if (typeof value === 'boolean' || value === null) return true
  return typeof value === 'object' && depth < DEEPEST && saysObject(value, depth + 1)
}

function saysObject(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      if (!says(value[index], depth)) return false
    }
    // Names beside the items; only the message itself surely has none.
    return depth === 1 || Object.keys(value).length === value.length
  }
  const prototype = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype) return false
  for (const key in value) {
    if (key === '__proto__' || key === 'toJSON') return false
    if (!says((value as Record<string, unknown>)[key], depth)) return false
  }
  return true
}

/** No half of a surrogate pair stands alone. */
function isWellFormed(text: string): boolean {
  return (
    !/[\uD800-\uDFFF]/.test(text) ||
    (text as { isWellFormed?(): boolean }).isWellFormed?.() === true
  )
}
