import { InvalidArgumentError } from 'commander'
import { describe, expect, test } from 'vitest'
import { resumeCommand, shellWord } from '../../src/get/resume-command.ts'
import { byteRate, checksum, duration, header, proxy, wholeNumber } from '../../src/get/values.ts'

describe.each<[string, (text: string) => unknown, [string, unknown][], string[]]>([
  [
    'wholeNumber',
    wholeNumber(1),
    [
      ['1', 1],
      ['032', 32],
      ['999999999', 999_999_999],
    ],
    ['', '0', '-1', '1.5', '1e3', 'many', '1000000000', ' 1'],
  ],
  [
    'byteRate',
    byteRate,
    [
      ['500', 500],
      ['2M', 2_000_000],
      ['1.5Mi', 1_572_864],
      ['10kB/s', 10_000],
      ['1g', 1e9],
    ],
    ['', '0', '0.5', 'M', '2T', '-1', '2 M'],
  ],
  [
    'duration',
    duration,
    [
      ['30', 30_000],
      ['1.5', 1_500],
      ['5m', 300_000],
      ['2h', 7_200_000],
      ['0', null],
      ['0.001s', 1],
    ],
    ['', '-1', '1d', 'soon', '0.0001', '999h', 'Infinity'],
  ],
  [
    'header',
    header,
    [
      ['Accept: image/png', { accept: 'image/png' }],
      ['X-A:b:c ', { 'x-a': 'b:c' }],
      ['X:', { x: '' }],
    ],
    ['', 'no colon', ': x', 'a b: c', 'a: b\r\nc: d', 'a: \u{1F408}'],
  ],
  [
    'checksum',
    checksum,
    [
      ['sha-256=00', 'sha-256=00'],
      ['md5=00', 'md5=00'],
    ],
    ['', 'sha-256', 'crc32=00', 'sha-256='],
  ],
  [
    'proxy',
    proxy,
    [['http://host:8080', 'http://host:8080']],
    ['', 'host:8080', 'socks5://host', 'ftp://host'],
  ],
])('%s', (_, parse, good, bad) => {
  test.each(good)('takes %j', (text, value) => {
    expect(parse(text)).toEqual(value)
  })

  test.each(bad)('refuses %j', (text) => {
    expect(() => parse(text)).toThrow(InvalidArgumentError)
  })
})

test('header adds to those before it, and the last one of a name counts', () => {
  expect(header('b: 2', { a: '1' })).toEqual({ a: '1', b: '2' })
  expect(header('A: 2', { a: '1' })).toEqual({ a: '2' })
})

describe('resumeCommand', () => {
  test.each([
    ['number', ['-d', 'to', 'u'], 'hocket get -d to u --if-exists skip'],
    ['skip', ['--if-exists', 'skip', 'u'], 'hocket get --if-exists skip u'],
    ['number', ['--no-resume', '--', '-u'], 'hocket get --if-exists skip -- -u'],
    ['number', ['http://h/a?b=c&d'], "hocket get 'http://h/a?b=c&d' --if-exists skip"],
    ['skip', ['http://me:secret@h/a'], "hocket get 'http://me:***@h/a'"],
    ['skip', ['--proxy=http://me:secret@h'], "hocket get '--proxy=http://me:***@h'"],
    ['skip', ['-H', 'Authorization: Bearer x'], "hocket get -H 'Authorization: ***'"],
    ['skip', ['-HCookie:a=b'], "hocket get '-HCookie: ***'"],
    [
      'skip',
      ['--header=X-Api-Key: x', 'http://h/key'],
      "hocket get '--header=X-Api-Key: ***' http://h/key",
    ],
  ] as const)('%s %j', (ifExists, args, command) => {
    expect(resumeCommand('hocket get', args, { ifExists })).toBe(command)
  })

  test.each([
    ['a', 'a'],
    ['', "''"],
    ["it's", "'it'\\''s'"],
    ['$(rm -rf .)', "'$(rm -rf .)'"],
  ])('%j as a word is %s', (text, word) => {
    expect(shellWord(text)).toBe(word)
  })
})
