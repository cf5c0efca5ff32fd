import { describe, expect, test } from 'vitest'
import { Progress } from '../../src/terminal/progress.ts'
import { describeTerminal } from '../../src/terminal/terminal.ts'
import { textWidth } from '../../src/terminal/text-width.ts'
import { FakeTerminal } from '../support/fake-terminal.ts'

function open({ columns = 80, rows = 10, total = 3, env = {}, isTTY = true } = {}) {
  const screen = new FakeTerminal(columns, rows)
  const clock = { now: 0 }
  const progress = new Progress({
    write: (text) => void screen.write(text),
    terminal: () => describeTerminal(isTTY ? screen : {}, { NO_COLOR: '1', ...env }),
    now: () => clock.now,
    total,
    heartbeat: true,
  })
  return { screen, progress, clock }
}

/** Brings `bytes` of the file in a second. */
function bring(
  { progress, clock }: Pick<ReturnType<typeof open>, 'progress' | 'clock'>,
  file: ReturnType<Progress['begin']>,
  bytes: number,
): void {
  clock.now += 1_000
  file.received += bytes
  progress.advance(file, bytes)
  progress.frame()
}

test('a line for each file, and a total below them, in columns', () => {
  const { screen, progress, clock } = open()
  const cat = progress.begin('cat.jpg')
  const dog = progress.begin('dog.jpg')
  cat.size = 10_000
  dog.size = 40_000
  bring({ progress, clock }, cat, 1_000)
  bring({ progress, clock }, cat, 1_000)
  bring({ progress, clock }, dog, 10_000)
  expect(screen.shown).toEqual([
    'cat.jpg                   ━━━────────────   20%    2.0 KB     438 B/s      0:19',
    'dog.jpg                   ━━━╸───────────   25%   10.0 KB',
    '0 of 3 files              ━━─────────────   16%   12.0 KB    6.1 KB/s      0:11',
  ])
})

test('finished files stand above, and count', () => {
  const { screen, progress } = open()
  const cat = progress.begin('cat.jpg')
  progress.frame()
  progress.print('✓ cat.jpg')
  progress.end(cat, 'done', 500)
  progress.end(null, 'failed', 0)
  progress.frame()
  expect(screen.shown).toHaveLength(2)
  expect(screen.shown[0]).toBe('✓ cat.jpg')
  expect(screen.shown[1]).toMatch(/^2 of 3 files, 1 failed +━+╸─+ +50% +500 B$/)
  progress.finish(['1 of 3 files'])
  expect(screen.shown).toEqual(['✓ cat.jpg', '1 of 3 files'])
})

test('an announcement stands in place of the files', () => {
  const { screen, progress } = open()
  progress.announce('stopping: everything is being kept', 'stopping')
  progress.frame()
  expect(screen.shown[0]).toMatch(/^stopping {2,}─/)
})

test('a size that nobody knows: bytes alone, an empty bar and no time left', () => {
  const setup = open({ total: 1 })
  const file = setup.progress.begin('stream')
  bring(setup, file, 1_000)
  bring(setup, file, 1_000)
  expect(setup.screen.shown[0]).toMatch(/^stream +─+ +2\.0 KB +1\.0 KB\/s$/)
})

test('files of unknown size are taken to be like the others', () => {
  const setup = open({ total: 4 })
  const file = setup.progress.begin('a')
  file.size = 1_000
  bring(setup, file, 1_000)
  expect(setup.screen.shown.at(-1)).toMatch(/ 25% /)
})

test('a note stands where rate and time left would', () => {
  const setup = open()
  const file = setup.progress.begin('a')
  file.note = 'again: network'
  setup.progress.frame()
  expect(setup.screen.shown[0]).toMatch(/^a .* 0 B {2}again: network$/)
})

test('nothing is written while nothing changes', () => {
  const { screen, progress, clock } = open()
  progress.begin('a')
  progress.frame()
  clock.now += 1_000
  progress.frame()
  expect(screen.frames).toHaveLength(1)
})

test('a low window shows as many files as it has room for, and says how many more there are', () => {
  const { screen, progress } = open({ rows: 5, total: 9 })
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) progress.begin(name)
  progress.frame()
  expect(screen.shown.map((line) => line.split(' ')[0])).toEqual(['a', 'b', 'and', '0'])
  expect(screen.shown[2]).toBe('and 4 more')
  screen.rows = 2
  progress.frame()
  expect(screen.shown.at(-1)).toMatch(/^0 of 9 files/)
})

test.each([200, 120, 80, 60, 50, 40, 30, 20, 14, 10, 5, 2, 1])(
  'no line wraps in %d columns',
  (columns) => {
    const setup = open({ columns, rows: 10, total: 1_000 })
    for (const name of [
      'a-long-name-of-a-file-that-goes-on.tar.gz',
      '猫猫猫猫猫猫猫猫.jpg',
      'x\u001b[2J\n',
    ]) {
      const file = setup.progress.begin(name)
      file.size = 1e9
      bring(setup, file, 1e6)
    }
    const { note } = Object.assign(setup.progress.begin('y'), { note: 'again: integrity' })
    expect(note).not.toBe(null)
    setup.progress.frame()
    expect(setup.screen.shown.length).toBe(5)
    for (const line of setup.screen.shown) {
      expect(textWidth(line)).toBeLessThan(Math.max(2, columns))
    }
  },
)

test('the number that matters most is the last to go', () => {
  const seen = [70, 50, 38, 28, 20, 14].map((columns) => {
    const setup = open({ columns, total: 1 })
    const file = setup.progress.begin('picture.png')
    file.size = 4e6
    bring(setup, file, 1e6)
    bring(setup, file, 1e6)
    return setup.screen.shown[0]
  })
  expect(seen).toEqual([
    'picture.png         ━━━━━╸─────   50%    2.0 MB    1.0 MB/s      0:02',
    'picture.png    ━━━━────   50%    2.0 MB      0:02',
    'picture.png             50%    2.0 MB',
    'picture.png             50%',
    'picture.png     50%',
    'picture.png',
  ])
})

describe('where nothing can be drawn', () => {
  test('what is printed comes in plain lines', () => {
    const { screen, progress } = open({ isTTY: false })
    progress.begin('a')
    progress.frame()
    progress.print('✓ a')
    progress.frame()
    progress.frame()
    progress.finish(['1 of 1 files'])
    expect(screen.frames).toEqual(['✓ a\n', '1 of 1 files\n'])
  })

  test('the total comes every ten seconds', () => {
    const setup = open({ isTTY: false, total: 1 })
    const file = setup.progress.begin('a')
    file.size = 100_000
    for (let second = 0; second < 25; second++) bring(setup, file, 1_000)
    expect(setup.screen.frames).toEqual([
      '0 of 1 files, 10.0 KB, 10%, 1.0 KB/s, 1:30 left\n',
      '0 of 1 files, 20.0 KB, 20%, 1.0 KB/s, 1:20 left\n',
    ])
  })

  test('TERM=dumb is such a place', () => {
    const { screen, progress } = open({ env: { TERM: 'dumb' } })
    progress.begin('a')
    progress.frame()
    progress.finish(['done'])
    expect(screen.frames).toEqual(['done\n'])
  })
})
