// RFC 9110 5.6.2 and 5.5.
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
const FIELD = /^[\t\x20-\x7e\x80-\xff]*$/

/** Whether it can be the value of a header. */
export function canBeSent(value: string): boolean {
  return FIELD.test(value)
}

/** What is wrong with the first header that can't be sent, without its value; null if all can. */
export function badHeader(headers: Readonly<Record<string, string>>): string | null {
  for (const [name, value] of Object.entries(headers)) {
    if (!TOKEN.test(name)) return `expected the name of a header, got ${JSON.stringify(name)}`
    if (!canBeSent(value)) {
      return `expected a value of the header ${name} in one line of Latin-1, got another character`
    }
  }
  return null
}
