const DAYS = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const MONTH = `(?<month>${MONTHS.join('|')})`
const TIME = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)'

// RFC 9110 5.6.7. `Date.parse` takes the last one for local time.
const FORMS = [
  new RegExp(`^${DAYS}, (?<day>\\d\\d) ${MONTH} (?<year>\\d{4}) ${TIME} GMT$`),
  new RegExp(`^${DAYS}[a-z]*day, (?<day>\\d\\d)-${MONTH}-(?<year>\\d\\d) ${TIME} GMT$`),
  new RegExp(`^${DAYS} ${MONTH} (?<day>[ \\d]\\d) ${TIME} (?<year>\\d{4})$`),
]

/** An HTTP-date in ms since 1970, in any of its three forms; null if it is none. `now` says which century two digits mean. */
export function parseHttpDate(text: string, now: number): number | null {
  for (const form of FORMS) {
    const parts = form.exec(text.trim())?.groups
    if (parts === undefined) continue
    const { day, month, year, hour, minute, second } = parts as Record<string, string>
    const at = (fullYear: number) =>
      Date.UTC(
        fullYear,
        MONTHS.indexOf(String(month)),
        Number(day),
        Number(hour),
        Number(minute),
        Number(second),
      )
    if (year?.length === 4) return at(Number(year))
    // More than 50 years ahead is in the past.
    const thisYear = new Date(now).getUTCFullYear()
    const guess = Math.floor(thisYear / 100) * 100 + Number(year)
    return at(guess > thisYear + 50 ? guess - 100 : guess)
  }
  return null
}

/**
 * How long a server asks to be left alone, in ms and never below 0: the seconds of `Retry-After`, or
 * the time until its date. The date is compared with the server's own `Date`, so its clock may be
 * wrong; without one, with `now`. Null where there is no such header, or it can't be read.
 */
export function parseRetryAfter(headers: Headers, now: number = Date.now()): number | null {
  const text = headers.get('retry-after')?.trim()
  if (text === undefined) return null
  if (/^\d+(?:\.\d*)?$/.test(text)) return Number(text) * 1000
  const until = parseHttpDate(text, now)
  if (until === null) return null
  return Math.max(0, until - (parseHttpDate(headers.get('date') ?? '', now) ?? now))
}
