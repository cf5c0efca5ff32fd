import { describe, expect, test } from 'vitest'
import { parseHttpDate, parseRetryAfter } from '../../src/session/retry-after.ts'

const NOW = Date.UTC(2026, 0, 1)

describe('parseHttpDate', () => {
  test.each([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
  ])('reads %j', (text) => {
    expect(parseHttpDate(text, NOW)).toBe(Date.UTC(1994, 10, 6, 8, 49, 37))
  })

  test('takes two digits for the next 50 years or the last 50', () => {
    expect(parseHttpDate('Friday, 01-Jan-27 00:00:00 GMT', NOW)).toBe(Date.UTC(2027, 0, 1))
    expect(parseHttpDate('Friday, 01-Jan-76 00:00:00 GMT', NOW)).toBe(Date.UTC(2076, 0, 1))
    expect(parseHttpDate('Friday, 01-Jan-77 00:00:00 GMT', NOW)).toBe(Date.UTC(1977, 0, 1))
  })

  test.each([
    '',
    'tomorrow',
    '1994-11-06',
    'Sun, 6 Nov 1994 08:49:37 GMT',
    'Sun, 06 Nov 1994 08:49:37 CET',
  ])('does not know %j', (text) => {
    expect(parseHttpDate(text, NOW)).toBeNull()
  })
})

describe('parseRetryAfter', () => {
  const parse = (after: string | null, date?: string) =>
    parseRetryAfter(
      new Headers({ ...(after !== null && { 'retry-after': after }), ...(date && { date }) }),
      NOW,
    )

  test.each<[string | null, number | null]>([
    [null, null],
    ['0', 0],
    ['120', 120_000],
    [' 5 ', 5000],
    ['1.5', 1500],
    ['-1', null],
    ['soon', null],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 23:59:59 GMT', 0],
  ])('%j is %j ms', (after, expected) => {
    expect(parse(after)).toBe(expected)
  })

  test('goes by the clock of the server', () => {
    const at = 'Fri, 01 Jan 2100 00:00:10 GMT'
    expect(parse(at, 'Fri, 01 Jan 2100 00:00:00 GMT')).toBe(10_000)
    expect(parse(at, 'Fri, 01 Jan 2100 00:01:00 GMT')).toBe(0)
    expect(parse('Thu, 01 Jan 2026 00:00:10 GMT', 'no date')).toBe(10_000)
  })
})
