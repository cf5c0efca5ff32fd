import { describe, expect, test } from 'vitest'
import { printable } from '../../src/terminal/printable.ts'
import { fitWidth, padStartWidth, textWidth } from '../../src/terminal/text-width.ts'

describe('textWidth', () => {
  test.each([
    ['', 0],
    ['abc', 3],
    ['naïve', 5],
    ['nai\u0308ve', 5],
    ['猫.jpg', 6],
    ['ねこ', 4],
    ['ﾈｺ', 2],
    ['고양이', 6],
    ['ＡＢ', 4],
    ['🐈', 2],
    ['👩‍👩‍👧', 2],
    ['❤\uFE0F', 2],
    ['❤', 1],
    ['🇩🇪', 2],
    ['a\u200Bb', 2],
    ['…', 1],
    ['━╸─', 3],
  ])('%j takes %d columns', (text, width) => {
    expect(textWidth(text)).toBe(width)
  })
})

describe('fitWidth', () => {
  test.each([
    ['cat.jpg', 10, 'cat.jpg   '],
    ['cat.jpg', 7, 'cat.jpg'],
    ['a-very-long-name.tar.gz', 12, 'a-very-l….gz'],
    ['猫猫猫猫猫.jpg', 9, '猫猫猫…pg'],
    // Half of a wide character can't be shown.
    ['猫猫猫猫', 4, '猫… '],
    ['🐈🐈', 1, ' '],
    ['abc', 1, 'a'],
    ['abc', 0, ''],
  ])('%j in %d columns is %j', (text, width, fitted) => {
    expect(fitWidth(text, width)).toBe(fitted)
    expect(textWidth(fitWidth(text, width))).toBe(width)
  })

  test('is as wide as it shall be, whatever the text', () => {
    const parts = ['a', '猫', '🐈', 'e\u0301', '👩‍👩‍👧', 'ﾈ', ' ', 'x']
    for (let width = 0; width < 24; width++) {
      for (let length = 0; length < 20; length++) {
        const text = Array.from({ length }, (_, i) => parts[(i * 5 + width) % parts.length]).join(
          '',
        )
        for (const ellipsis of ['…', '..']) {
          expect(textWidth(fitWidth(text, width, ellipsis))).toBe(width)
        }
      }
    }
  })
})

test('padStartWidth counts columns, and leaves what is too long', () => {
  expect(padStartWidth('猫', 4)).toBe('  猫')
  expect(padStartWidth('abcdef', 4)).toBe('abcdef')
})

test.each([
  ['a\u001b[2Jb', 'a\uFFFD[2Jb'],
  ['a\u009b2Jb', 'a\uFFFD2Jb'],
  ['cat\u202egpj.exe', 'cat\uFFFDgpj.exe'],
  ['a\u2066b\u200f', 'a\uFFFDb\uFFFD'],
  ['a\r\nb\u2028c\u2029d\te', 'a\uFFFD\uFFFDb\uFFFDc\uFFFDd\uFFFDe'],
  ['a\ud800b', 'a\uFFFDb'],
  ['猫 naïve 👩‍👩‍👧', '猫 naïve 👩‍👩‍👧'],
])('a stranger cannot write to the terminal: %j', (text, harmless) => {
  expect(printable(text)).toBe(harmless)
})
