import { describe, expect, test } from 'vitest'
import { parseChecksum } from '../../src/plan/checksum.ts'
import { planEntries } from '../../src/plan/entry.ts'
import { parseInputFile } from '../../src/plan/input-file.ts'
import { nameOfAnswer } from '../../src/plan/name-of-answer.ts'
import { failuresAllowed } from '../../src/plan/policy.ts'

const names = (...urls: string[]) => planEntries(urls).map(({ fallbackName }) => fallbackName)

describe('entries', () => {
  test('that would get the same name get different ones, in their order', () => {
    expect(
      names(
        'http://a/x/i.tar.gz',
        'http://a/y/i.tar.gz',
        'http://b/I.tar.gz',
        'http://a/i%20(1).tar.gz',
      ),
    ).toEqual(['i.tar.gz', 'i (1).tar.gz', 'I (2).tar.gz', 'i (1) (1).tar.gz'])
  })

  test('in different folders may have the same name', () => {
    const planned = planEntries([
      { url: 'http://a/x', folder: 'one' },
      { url: 'http://b/x', folder: 'two' },
    ])
    expect(planned.map(({ fallbackName }) => fallbackName)).toEqual(['x', 'x'])
  })

  test('keep a name that was asked for, made safe', () => {
    const [planned] = planEntries([{ url: 'http://a/x', name: '../../y' }])
    expect(planned).toMatchObject({ name: 'y', fallbackName: 'y', error: null })
  })

  test.each([
    ['', 'usage'],
    ['not a url', 'usage'],
    ['ftp://host/x', 'usage'],
  ])('of the URL %j are errors of their own', (url, errorClass) => {
    const [bad, good] = planEntries([url, 'http://a/x'])
    expect(bad?.error).toMatchObject({ errorClass, url })
    expect(good?.error).toBe(null)
  })

  test('with a bad checksum, mirror or no URL are errors of their own', () => {
    const planned = planEntries([
      { url: 'http://a/x', checksum: 'sha-256=zz' },
      { url: ['http://a/x', 'nowhere'] },
      { url: [] },
    ])
    expect(planned.map(({ error }) => error?.errorClass)).toEqual(['usage', 'usage', 'usage'])
  })

  test.each([
    'ftp://me:secret@host/x',
    'http://me:secret@host/x',
    'http://me:secret@ho st/x',
    ' http:\\\\me:p@secret@ho st/x',
  ])('show no password of %j', (url) => {
    const [planned, second] = planEntries([url, { url, checksum: 'none' }])
    for (const one of [planned, second]) {
      const { shown, error } = one ?? {}
      expect(JSON.stringify([shown, error?.message, error?.url])).not.toContain('secret')
    }
  })

  test('are shown as they were given', () => {
    expect(planEntries(['HTTP://Host'])[0]?.shown).toBe('HTTP://Host')
  })
})

describe('an input file', () => {
  test('has an entry a line, mirrors, options and comments', () => {
    const { entries, problems } = parseInputFile(
      [
        '\uFEFF# pictures',
        'http://a/1.png',
        '\tout=one.png',
        '  checksum=md5=d41d8cd98f00b204e9800998ecf8427e',
        '  header=X-Token: a: b',
        '',
        'http://a/2.png\thttp://b/2.png\r',
        '  dir=elsewhere',
        'garbage',
      ].join('\n'),
    )
    expect(problems).toEqual([])
    expect(entries).toEqual([
      {
        url: 'http://a/1.png',
        line: 2,
        name: 'one.png',
        checksum: 'md5=d41d8cd98f00b204e9800998ecf8427e',
        headers: { 'X-Token': 'a: b' },
      },
      { url: ['http://a/2.png', 'http://b/2.png'], line: 7, folder: 'elsewhere' },
      { url: 'garbage', line: 9 },
    ])
  })

  test('tells which lines say nothing', () => {
    const { entries, problems } = parseInputFile(
      '  out=x\nhttp://a/1\n  speed=9\n  out\n  out=\n  header=x\n',
    )
    expect(entries).toHaveLength(1)
    expect(problems.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6])
  })
})

describe('the name of an answer', () => {
  const url = new URL('http://a/from-url.bin?x=/other')
  test.each([
    [null, 'from-url.bin'],
    ['', 'from-url.bin'],
    ['inline', 'from-url.bin'],
    ['attachment; filename=', 'from-url.bin'],
    ['attachment; filename=".."', 'from-url.bin'],
    ['attachment; filename="x/"', 'from-url.bin'],
    ['attachment; filename="plain.txt"', 'plain.txt'],
    [`attachment; filename="plain.txt"; filename*=UTF-8''%e2%82%ac.txt`, '€.txt'],
    [`attachment; filename*=UTF-8''..%2f..%2fx`, 'x'],
    ['attachment; filename="../../x"', 'x'],
    ['attachment; filename="C:\\\\dir\\\\x.txt"', 'x.txt'],
    ['attachment; filename=".bashrc"', '_bashrc'],
    ['attachment; filename="con"', '_con'],
    ['attachment; filename="a%20b.txt"', 'a%20b.txt'],
    [Buffer.from('attachment; filename="café.txt"').toString('latin1'), 'café.txt'],
    ['attachment; filename="caf\xe9.txt"', 'café.txt'],
    [';;;;', 'from-url.bin'],
  ])('%j is %j', (disposition, name) => {
    expect(nameOfAnswer(disposition, url)).toBe(name)
  })

  test('may begin with a dot if that is allowed', () => {
    const hidden = 'attachment; filename=".bashrc"'
    expect(nameOfAnswer(hidden, url, { allowHidden: true })).toBe('.bashrc')
    expect(nameOfAnswer(hidden.replace('.bashrc', '..'), url, { allowHidden: true })).toBe(
      'from-url.bin',
    )
  })
})

describe('a checksum', () => {
  const digest = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  test.each([
    `sha-256=${digest}`,
    `SHA256=${digest.toUpperCase()}`,
    `sha256:${digest}`,
    'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  ])('%s', (text) => {
    expect(parseChecksum(text)).toMatchObject({ hash: 'sha256', digest })
  })

  test.each(['', 'sha-256', 'sha-256=abc', 'crc32=12345678', `sha-512=${digest}`])(
    'is not %j',
    (text) => {
      expect(() => parseChecksum(text)).toThrow(RangeError)
    },
  )
})

test('a policy says how many may fail', () => {
  expect(failuresAllowed('keep-going')).toBe(Infinity)
  expect(failuresAllowed('fail-fast')).toBe(0)
  expect(failuresAllowed({ maxFailures: 3 })).toBe(2)
  expect(() => failuresAllowed({ maxFailures: 0 })).toThrow(RangeError)
})
