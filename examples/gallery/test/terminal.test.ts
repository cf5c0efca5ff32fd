import { describe, expect, test } from 'vitest'
import { formatBytes, formatDuration, printable } from '../src/format.ts'
import { describeTerminal, LiveLines, makeStyler } from '../src/terminal.ts'

describe('describeTerminal', () => {
  test('a pipe is 80 columns without colour or motion, whatever the environment says', () => {
    expect(describeTerminal({ columns: 200 }, { TERM: 'xterm' })).toEqual({
      columns: 80,
      colour: false,
      liveRows: 0,
    })
  })

  test('a terminal is used as it is', () => {
    expect(describeTerminal({ isTTY: true, columns: 120, rows: 50 }, { TERM: 'xterm' })).toEqual({
      columns: 120,
      colour: true,
      liveRows: 49,
    })
  })

  test.each([
    [{ NO_COLOR: '1' }, false],
    [{ NO_COLOR: '' }, true],
    [{ TERM: 'dumb' }, false],
  ])('colour with %j: %j', (env, colour) => {
    expect(describeTerminal({ isTTY: true, columns: 80, rows: 24 }, env).colour).toBe(colour)
  })

  test('nothing moves where lines would wrap', () => {
    expect(describeTerminal({ isTTY: true, columns: 40, rows: 24 }, {})).toMatchObject({
      columns: 50,
      liveRows: 0,
    })
  })
})

describe('makeStyler', () => {
  test('paints, or leaves the text as it is', () => {
    expect(makeStyler(true)('good', 'yes')).toBe('\u001b[32myes\u001b[0m')
    expect(makeStyler(true)('good', '')).toBe('')
    expect(makeStyler(false)('good', 'yes')).toBe('yes')
  })
})

describe('LiveLines', () => {
  const terminal = { columns: 80, colour: true, liveRows: 3 }
  const record = (liveRows: number) => {
    const written: string[] = []
    return {
      written,
      lines: new LiveLines((text) => written.push(text), { ...terminal, liveRows }),
    }
  }

  test('draws over what it drew before, and gives the cursor back in the end', () => {
    const { written, lines } = record(3)
    expect(lines.draw(['a', 'b'])).toBe(true)
    lines.draw(['c', 'd'])
    lines.finish(['e'])
    lines.abandon()
    expect(written).toEqual([
      '\u001b[?25la\u001b[K\nb\u001b[K\n',
      '\u001b[?25l\u001b[2Ac\u001b[K\nd\u001b[K\n',
      '\u001b[2A\u001b[Je\n\u001b[?25h',
    ])
  })

  test('draws only once where the lines do not fit', () => {
    const { written, lines } = record(1)
    expect(lines.draw(['a', 'b'])).toBe(false)
    lines.finish(['c', 'd'])
    expect(written).toEqual(['c\nd\n'])
  })

  test('gives the cursor back when it is abandoned', () => {
    const { written, lines } = record(3)
    lines.draw(['a'])
    lines.abandon()
    expect(written.at(-1)).toBe('\u001b[?25h')
  })
})

describe('format', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
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
  ])('%d ms are %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })

  test('a stranger cannot write to the terminal', () => {
    expect(printable('a\u001b[2Jb\u202ec\n')).toBe('a\uFFFD[2Jb\uFFFDc\uFFFD')
  })
})
