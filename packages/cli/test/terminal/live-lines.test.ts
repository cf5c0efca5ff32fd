import { describe, expect, test } from 'vitest'
import { LiveLines } from '../../src/terminal/live-lines.ts'
import { describeTerminal } from '../../src/terminal/terminal.ts'
import { FakeTerminal } from '../support/fake-terminal.ts'

function open(columns = 40, rows = 6) {
  const screen = new FakeTerminal(columns, rows)
  const write = (text: string) => void screen.write(text)
  return { screen, lines: new LiveLines(write, () => describeTerminal(screen, {})) }
}

test('draws over what it drew before, and prints above it', () => {
  const { screen, lines } = open()
  screen.write('$ hocket\n')
  expect(lines.draw(['a 1', 'b 1'])).toBe(true)
  expect(screen.shown).toEqual(['$ hocket', 'a 1', 'b 1'])
  lines.draw(['a 2', 'b'])
  expect(screen.shown).toEqual(['$ hocket', 'a 2', 'b'])
  lines.draw(['b 3'], ['a is done'])
  expect(screen.shown).toEqual(['$ hocket', 'a is done', 'b 3'])
  lines.finish(['b is done', 'all done'])
  expect(screen.shown).toEqual(['$ hocket', 'a is done', 'b is done', 'all done'])
})

test('each frame is one write, and ends with the cursor shown', () => {
  const { screen, lines } = open()
  for (const text of ['a', 'b', 'c']) {
    lines.draw([text], [`printed ${text}`])
    expect(screen.isCursorHidden).toBe(false)
  }
  expect(screen.frames).toHaveLength(3)
})

test('writes nothing while nothing changes', () => {
  const { screen, lines } = open()
  lines.draw(['a', 'b'])
  expect(lines.draw(['a', 'b'])).toBe(true)
  expect(screen.frames).toHaveLength(1)
  lines.draw(['a', 'b'], ['above'])
  lines.draw(['a', 'c'])
  expect(screen.frames).toHaveLength(3)
})

test('prints more than a screen at once without touching what is above', () => {
  const { screen, lines } = open(40, 4)
  lines.draw(['live'])
  const many = Array.from({ length: 20 }, (_, i) => `done ${i}`)
  lines.draw(['live 2'], many)
  lines.draw(['live 3'])
  expect(screen.shown).toEqual([...many, 'live 3'])
})

test('draws only once where the lines do not fit', () => {
  const { screen, lines } = open(40, 3)
  expect(lines.draw(['a', 'b', 'c'])).toBe(false)
  expect(screen.frames).toEqual([])
  lines.finish(['c', 'd'])
  expect(screen.shown).toEqual(['c', 'd'])
  expect(screen.frames).toEqual(['c\nd\n'])
})

test('finds its lines again in a window that was made narrower', () => {
  const { screen, lines } = open(20, 10)
  screen.write('$ hocket\n')
  lines.draw(['x'.repeat(19), 'y'.repeat(5)])
  // What a terminal does with a line that has no room any more.
  screen.columns = 10
  screen.become(['$ hocket', 'x'.repeat(10), 'x'.repeat(9), 'y'.repeat(5)])
  lines.draw(['x'.repeat(9), 'y'.repeat(5)])
  expect(screen.shown).toEqual(['$ hocket', 'xxxxxxxxx', 'yyyyy'])
})

test('abandon leaves what is there, and what follows stands below it', () => {
  const { screen, lines } = open()
  lines.draw(['a'])
  lines.abandon()
  lines.finish(['b'])
  expect(screen.shown).toEqual(['a', 'b'])
})

describe('describeTerminal', () => {
  test('a pipe is 80 columns without colour or motion, whatever the environment says', () => {
    expect(describeTerminal({ columns: 200 }, { TERM: 'xterm' })).toEqual({
      columns: 80,
      colour: false,
      unicode: true,
      liveRows: 0,
    })
  })

  test('a terminal is used as it is', () => {
    expect(describeTerminal({ isTTY: true, columns: 120, rows: 50 }, { TERM: 'xterm' })).toEqual({
      columns: 120,
      colour: true,
      unicode: true,
      liveRows: 49,
    })
  })

  test('one that does not know its size has 80 columns and 24 rows', () => {
    expect(describeTerminal({ isTTY: true, columns: 0, rows: 0 }, {})).toMatchObject({
      columns: 80,
      liveRows: 23,
    })
  })

  test.each([
    [{ NO_COLOR: '1' }, { colour: false, liveRows: 23 }],
    [{ NO_COLOR: '' }, { colour: true, liveRows: 23 }],
    [{ TERM: 'dumb' }, { colour: false, liveRows: 0 }],
    [{ LANG: 'C' }, { unicode: false }],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: 'POSIX' }, { unicode: false }],
    [{ LANG: 'C', LC_ALL: 'C.utf8' }, { unicode: true }],
  ])('with %j: %j', (env, expected) => {
    const terminal = describeTerminal({ isTTY: true, columns: 80, rows: 24 }, env)
    expect(terminal).toMatchObject(expected)
  })

  test('nothing moves below the fewest columns', () => {
    expect(describeTerminal({ isTTY: true, columns: 40, rows: 24 }, {}, 50)).toMatchObject({
      columns: 50,
      liveRows: 0,
    })
  })
})
