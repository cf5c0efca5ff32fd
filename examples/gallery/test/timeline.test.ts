import { makeStyler } from '@hocket/cli'
import { describe, expect, test } from 'vitest'
import { drawTimeline, legend, type Voice } from '../src/timeline.ts'

const plain = makeStyler(false)

// 40 columns for time: 100 ms each, and half a column is 50 ms.
const scale = { span: 4_000, columns: 18 + 40 + 9 }

const draw = (voices: Voice[], now: number) => drawTimeline(voices, scale, now, plain)
const bar = (voice: Voice, now: number) => draw([voice], now)[0]?.slice(18, 58)

describe('a row', () => {
  test('has the name, rest, waiting, sound, rest and the duration', () => {
    const voice = { name: 'cat', asked: 1_000, firstByte: 2_000, ended: 3_000 }
    expect(draw([voice], 4_000)[0]).toBe(
      `${'cat'.padEnd(18)}${'·'.repeat(10)}${'─'.repeat(10)}${'━'.repeat(10)}${'·'.repeat(10)}  2000 ms`,
    )
  })

  test('shows half columns', () => {
    const voice = { name: 'cat', asked: 150, firstByte: 350, ended: 550 }
    expect(bar(voice, 4_000)?.slice(0, 8)).toBe('·╶─╼━╸··')
  })

  test('shows what is shorter than half a column', () => {
    expect(bar({ name: 'a', asked: 0, firstByte: 1, ended: 2 }, 4_000)?.slice(0, 3)).toBe('╼··')
    expect(bar({ name: 'a', asked: 3_999, firstByte: 3_999, ended: 4_000 }, 4_000)?.slice(-2)).toBe(
      '·╼',
    )
  })

  test('ends where time has got to', () => {
    expect(bar({ name: 'a' }, 1_000)).toBe('·'.repeat(10) + ' '.repeat(30))
    expect(bar({ name: 'a', asked: 500 }, 1_000)).toBe('·····─────'.padEnd(40))
    expect(bar({ name: 'a', asked: 500, firstByte: 800 }, 1_000)).toBe('·····───━━'.padEnd(40))
  })

  test('cuts a long name', () => {
    expect(draw([{ name: 'a-name-that-is-too-long' }], 0)[0]?.slice(0, 18)).toBe(
      'a-name-that-is-… '.padEnd(18),
    )
  })

  test('is as wide as the scale says', () => {
    const voice = { name: 'cat', asked: 1_000, firstByte: 2_000, ended: 3_000 }
    for (const columns of [50, 67, 80, 120]) {
      expect(drawTimeline([voice], { span: 4_000, columns }, 4_000, plain)[0]).toHaveLength(columns)
    }
  })
})

describe('the axis', () => {
  test('counts seconds, no closer than eight columns', () => {
    expect(draw([], 4_000)).toEqual([`${' '.repeat(18)}0 s       1         2         3`])
    const short = drawTimeline([], { span: 500, columns: 67 }, 500, plain)
    expect(short).toEqual([`${' '.repeat(18)}0 s     0.1     0.2     0.3     0.4`])
  })
})

test('colours change nothing but the colours', () => {
  const voices = [
    { name: 'a', asked: 0, firstByte: 330, ended: 470 },
    { name: 'b', asked: 470, firstByte: 800 },
  ]
  const coloured = drawTimeline(voices, scale, 1_000, makeStyler(true))
  expect(coloured[0]).toContain('\u001b[1;36m')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences are what is looked for
  expect(coloured.map((line) => line.replace(/\u001b\[[\d;]*m/g, ''))).toEqual(draw(voices, 1_000))
})

test('the legend names each sign', () => {
  expect(legend(plain)).toBe('· at rest  ─ waiting  ━ receiving')
})
