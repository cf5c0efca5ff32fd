import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { nameFromUrl, numberedName, safeName } from '../../src/plan/safe-name.ts'

const bytes = (text: string) => Buffer.byteLength(text)

describe('safeName', () => {
  test.each([
    // [what came, what becomes of it]
    ['cat.jpg', 'cat.jpg'],
    ['Ünïcödé 猫.png', 'Ünïcödé 猫.png'],
    ['👩‍👩‍👧.gif', '👩‍👩‍👧.gif'],
    ['', 'index'],
    ['.', 'index'],
    ['..', 'index'],
    ['. . .', 'index'],
    ['   ', 'index'],
    ['\0\n\u202e', 'index'],
    ['/etc/passwd', 'passwd'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\win.ini', 'win.ini'],
    ['a/b\\c/d.txt', 'd.txt'],
    ['a/', 'index'],
    ['C:\\autoexec.bat', 'autoexec.bat'],
    ['C:evil.txt', 'C_evil.txt'],
    ['notes.txt:hidden', 'notes.txt_hidden'],
    ['.bashrc', '_bashrc'],
    ['..hidden', '_.hidden'],
    [' .profile', '_profile'],
    ['\u0000.bashrc', '_bashrc'],
    ['nul\0l.txt', 'null.txt'],
    ['line\r\nbreak\u2028\u2029.txt', 'linebreak.txt'],
    ['esc\u001b[31m.txt', 'esc[31m.txt'],
    ['c1\u0085\u009b.txt', 'c1.txt'],
    ['invoice\u202egpj.exe', 'invoicegpj.exe'],
    ['\u2066a\u2069\u200e\u200f\u061c.txt', 'a.txt'],
    ['\ufeffbom.txt', 'bom.txt'],
    ['lone\ud800.txt', 'lone.txt'],
    ['what?.png', 'what_.png'],
    ['a<b>c"d|e*f.txt', 'a_b_c_d_e_f.txt'],
    ['trailing. . ', 'trailing'],
    ['con', '_con'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['aux .tar.gz', '_aux .tar.gz'],
    ['COM1.log', '_COM1.log'],
    ['lpt¹.txt', '_lpt¹.txt'],
    ['conin$', '_conin$'],
    ['console.log', 'console.log'],
    ['com.txt', 'com.txt'],
    ['-rf', '-rf'],
    ['film.mp4.part', 'film.mp4_part'],
    ['film.mp4.PART', 'film.mp4_PART'],
    ['film.part.json', 'film_part.json'],
    ['film.part.json.0123456789abcdef', 'film_part.json.0123456789abcdef'],
    ['film.part.json.0123456789abcdef.heir', 'film_part.json.0123456789abcdef.heir'],
    ['film.part.2', 'film.part.2'],
    ['film.party', 'film.party'],
    ['.part', '_part'],
  ])('%j is %j', (raw, name) => {
    expect(safeName(raw)).toBe(name)
  })

  test('cuts the stem and keeps the whole extension', () => {
    expect(safeName(`${'a'.repeat(300)}.tar.gz`)).toBe(`${'a'.repeat(255 - 7)}.tar.gz`)
  })

  test('cuts between characters, not inside one', () => {
    const name = safeName(`${'猫'.repeat(100)}.png`)
    expect(name).toBe(`${'猫'.repeat(83)}.png`)
    expect(bytes(name)).toBe(253)
  })

  test('does not keep an endless extension', () => {
    const name = safeName(`a.${'b'.repeat(300)}`)
    expect(bytes(name)).toBe(255)
    expect(name.startsWith('a.bbb')).toBe(true)
  })

  test('a cut leaves no dot or space at the end of the name', () => {
    expect(safeName(`${'a'.repeat(250)}. . . . .${'b'.repeat(20)} c`)).toBe('a'.repeat(250))
  })

  test('a cut does not make it a name of a part file', () => {
    expect(safeName(`${'a'.repeat(250)}.part${'b'.repeat(20)}`)).toBe(`${'a'.repeat(250)}_part`)
    const long = `${'a'.repeat(245)}.part${'b'.repeat(20)}.json`
    expect(safeName(long)).toBe(`${'a'.repeat(245)}_part.json`)
  })

  test('is made of a long run of dots in no time', () => {
    const began = process.cpuUsage().user
    expect(safeName(`${'.'.repeat(200_000)}x`)).toMatch(/x$/)
    expect(process.cpuUsage().user - began).toBeLessThan(2_000_000)
  })

  test('whatever is put together becomes a name that every system takes', () => {
    const nasty = [
      '/',
      '\\',
      '.',
      '..',
      ' ',
      '\t',
      '\0',
      ':',
      '*',
      '\u00a0',
      '\u202e',
      '\ufeff',
      '\ud800',
    ]
    const harmless = [
      'con',
      'NUL',
      'com1',
      'a',
      'B',
      '7',
      '_',
      '-',
      '猫',
      '😀',
      '.tar',
      '.gz',
      'word',
    ]
    const piece = fc.constantFrom(...nasty, ...harmless)
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 150 }), (pieces) => {
        const name = safeName(pieces.join(''))
        expect(name).not.toMatch(/[/\\<>:"|?*\p{Cc}\p{Cs}\p{Bidi_Control}]/u)
        expect(name).not.toMatch(/^\.|^\s|[\s.]$/u)
        expect(bytes(name)).toBeGreaterThan(0)
        expect(bytes(name)).toBeLessThanOrEqual(255)
        expect(safeName(name)).toBe(name)
      }),
      { seed: 1, numRuns: 500 },
    )
  })
})

describe('nameFromUrl', () => {
  test.each([
    ['https://a.test/x/cat.jpg?source=7e7ef6e2', 'cat.jpg'],
    ['https://a.test/cat.jpg#top', 'cat.jpg'],
    ['https://a.test/cat.jpg?next=/other.png', 'cat.jpg'],
    ['https://a.test', 'index'],
    ['https://a.test/folder/', 'index'],
    ['https://a.test/two%20words.png', 'two words.png'],
    ['https://a.test/%E7%8C%AB.png', '猫.png'],
    ['https://a.test/once%2520only', 'once%20only'],
    ['https://a.test/..%2f..%2fetc%2fpasswd', 'passwd'],
    ['https://a.test/a%5c..%5cb.txt', 'b.txt'],
    ['https://a.test/%2e%2e', 'index'],
    ['https://a.test/%00.txt', '_txt'],
    ['https://a.test/bad%E4.txt', 'bad%E4.txt'],
    ['https://a.test/100%.txt', '100%.txt'],
    ['https://a.test/%zz%41.txt', '%zzA.txt'],
    ['https://a.test/%2ebashrc', '_bashrc'],
    ['https://a.test/CON', '_CON'],
  ])('%s is %j', (url, name) => {
    expect(nameFromUrl(new URL(url))).toBe(name)
  })
})

describe('numberedName', () => {
  test.each([
    ['cat.jpg', 0, 'cat.jpg'],
    ['cat.jpg', 1, 'cat (1).jpg'],
    ['archive.tar.gz', 1, 'archive (1).tar.gz'],
    ['drawing.svg.gz', 2, 'drawing (2).svg.gz'],
    ['setup-1.2.3.zip', 1, 'setup-1.2.3 (1).zip'],
    ['v1.2.gz', 1, 'v1.2 (1).gz'],
    ['README', 12, 'README (12)'],
    ['_bashrc', 1, '_bashrc (1)'],
    ['a.b c', 1, 'a.b c (1)'],
  ])('%j for file %d is %j', (name, count, expected) => {
    expect(numberedName(name, count)).toBe(expected)
  })

  test('stays inside its limit', () => {
    const name = safeName(`${'a'.repeat(300)}.png`)
    expect(numberedName(name, 1)).toBe(`${'a'.repeat(255 - 8)} (1).png`)
    expect(bytes(numberedName(name, 1, 250))).toBe(250)
  })
})
