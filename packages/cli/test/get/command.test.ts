import { describe, expect, test } from 'vitest'
import { callGet } from '../support/call-get.ts'

describe('arguments that make no sense are one line that says what to do', () => {
  test.each([
    [[], 'expected a URL or -i FILE, got neither: see hocket get --help'],
    [['u', '--forlder', 'x'], "unknown option '--forlder' (Did you mean --folder?)"],
    [
      ['u', '-j', '0'],
      "option '-j, --concurrency <N>' argument '0' is invalid. Expected a whole number of 1 or more.",
    ],
    [
      ['u', '--if-exists', 'shrug'],
      "option '--if-exists <WHAT>' argument 'shrug' is invalid. Allowed choices are number, skip.",
    ],
    [
      ['u', 'v', '-o', 'x'],
      '--output is for one URL: for several, give -i FILE with a line out=NAME below each URL',
    ],
    [
      ['u', '-i', 'f', '--checksum', 'md5=0'],
      '--checksum is for one URL: for several, give -i FILE with a line checksum=ALG=HEX below each URL',
    ],
    [['u', '-o', '-'], '-o - is not possible: files go to the disk; give -o a name'],
    [
      ['u', '--fail-fast', '--max-failures', '2'],
      "option '--fail-fast' cannot be used with option '--max-failures <N>'",
    ],
    [['u', '-q', '--json'], "option '--json' cannot be used with option '-q, --quiet'"],
    [
      ['-i', '/no/such/list'],
      'expected a list of URLs after -i that can be read, got /no/such/list: ENOENT',
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await callGet(args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(/^hocket get: .*\n$/)
    expect(stderr).toContain(`hocket get: ${message}`)
  })
})

test('--help names every option under a heading, and ends with examples', async () => {
  const { code, stdout, stderr } = await callGet(['--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  const headings = stdout.match(/^[A-Z].*:$/gm)
  expect(headings).toEqual([
    'Arguments:',
    'Files:',
    'How much at a time:',
    'Patience (in seconds, or like 5m, 2h; 0 for no limit):',
    'When files fail:',
    'Requests:',
    'What is shown:',
    'Options:',
    'Examples:',
  ])
  expect(stdout.slice(stdout.indexOf('Examples:')).match(/^ {4}\$ hocket get /gm)).toHaveLength(3)
  for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(104)
})
