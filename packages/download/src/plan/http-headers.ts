// RFC 9110 5.6.2 and 5.5.
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const FIELD = /^[\t\x20-\x7e\x80-\xff]*$/

/** The first header that can't be sent, as it may be shown; null if all can. */
export function badHeader(headers: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name) || !FIELD.test(value)) return JSON.stringify(`${name}: ${value}`)
  }
  return null
}
