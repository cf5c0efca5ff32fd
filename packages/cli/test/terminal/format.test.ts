import { describe, expect, test } from 'vitest'
import {
  formatBytes,
  formatDuration,
  formatPercent,
  formatTimeLeft,
} from '../../src/terminal/format.ts'
import { drawBar } from '../../src/terminal/progress-bar.ts'
import { RateMeter } from '../../src/terminal/rate-meter.ts'
import { makeStyler } from '../../src/terminal/style.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [999.6, '1.0 KB'],
  [1_000, '1.0 KB'],
  [81_234, '81.2 KB'],
  [999_949, '999.9 KB'],
  [999_950, '1.0 MB'],
  [1_557_590, '1.6 MB'],
  [2e15, '2000.0 TB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text)
})

test.each([
  [0, '0 ms'],
  [244.6, '245 ms'],
  [999.4, '999 ms'],
  [999.5, '1.00 s'],
  [6_520, '6.52 s'],
  [99_994, '99.99 s'],
  [99_996, '1 min 40 s'],
  [3_725_000, '62 min 5 s'],
])('%d ms are %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [0, '0:00'],
  [1, '0:01'],
  [65_000, '1:05'],
  [3_599_000, '59:59'],
  [3_599_500, '1:00:00'],
  [359_999_000, '99:59:59'],
  [Infinity, '>99 h'],
])('%d ms to go are %s', (ms, text) => {
  expect(formatTimeLeft(ms)).toBe(text)
})

test.each([
  [0, '0%'],
  [0.999, '99%'],
  [1, '100%'],
  [1.2, '100%'],
])('%d of it is %s', (fraction, text) => {
  expect(formatPercent(fraction)).toBe(text)
})

describe('drawBar', () => {
  const plain = { style: makeStyler(false), unicode: true }
  test.each([
    [0, '────'],
    [0.125, '╸───'],
    [0.5, '━━──'],
    [0.9, '━━━╸'],
    [1, '━━━━'],
    [1.5, '━━━━'],
    [null, '────'],
  ])('%d', (fraction, bar) => {
    expect(drawBar(fraction, 4, plain)).toBe(bar)
  })

  test('in ASCII, and in colour', () => {
    expect(drawBar(0.4, 4, { ...plain, unicode: false })).toBe('#>--')
    expect(drawBar(0.5, 2, { ...plain, style: makeStyler(true) })).toBe(
      '\u001b[1;36m━\u001b[0m\u001b[90m─\u001b[0m',
    )
  })
})

describe('RateMeter', () => {
  test('is the rate where it does not change', () => {
    const meter = new RateMeter()
    meter.add(1)
    meter.rate(0)
    for (let now = 100; now <= 10_000; now += 100) {
      meter.add(100)
      meter.rate(now)
    }
    expect(meter.rate(10_000)).toBeCloseTo(1_000, -1)
  })

  test('a new rate counts for more and more, and the wait before the first byte not at all', () => {
    const meter = new RateMeter()
    expect(meter.rate(50_000)).toBe(0)
    meter.add(1)
    expect(meter.rate(60_000)).toBe(0)
    meter.add(10_000)
    expect(meter.rate(61_000)).toBe(10_000)
    const slower = [2, 4, 8, 40].map((s) => meter.rate(60_000 + s * 1_000))
    expect(slower).toEqual([...slower].sort((a, b) => b - a))
    expect(slower.at(-1)).toBeLessThan(1)
  })

  test('asking twice at the same time changes nothing', () => {
    const meter = new RateMeter()
    meter.add(5)
    meter.rate(0)
    meter.add(5)
    meter.rate(1_000)
    meter.add(7)
    expect(meter.rate(1_000)).toBe(5)
    const fade = Math.exp(-1_000 / 4_000)
    expect(meter.rate(2_000)).toBeCloseTo((5 * fade + 7) / (fade + 1))
  })
})
