import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { closedOrigin, makeFolder, namesIn, serve, site } from '@hocket/test-support'
import { describe, expect, test } from 'vitest'
import { callGet } from '../support/call-get.ts'
import { FakeTerminal } from '../support/fake-terminal.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

describe('plain lines', () => {
  test('downloads each URL and says so', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const { code, lines, stderr } = await callGet([
      `${origin}/a.txt?x=1`,
      `${origin}/b.tar.gz`,
      '-d',
      folder,
    ])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await namesIn(folder)).toEqual(['a.txt', 'b.tar.gz'])
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('this is /a.txt?x=1')
    expect(lines).toHaveLength(3)
    expect(lines.slice(0, 2).sort()[0]).toMatch(/^✓ \S+\/a\.txt +18 B +[\d.]+ m?s$/)
    expect(lines[2]).toMatch(/^2 of 2 files, 35 B, [\d.]+ m?s$/)
  })

  test('goes on where one fails, and says what and why', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const { code, stdout } = await callGet([
      '-d',
      folder,
      `${origin}/missing`,
      'not a url\u001b[2J',
      `${origin}/a.txt`,
    ])
    expect(code).toBe(1)
    expect(await namesIn(folder)).toEqual(['a.txt'])
    expect(stdout).toContain(`✗ ${origin}/missing  status  expected status 200, got 404`)
    expect(stdout).toContain('✗ not a url\uFFFD[2J  usage  ')
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toMatch(/^1 of 3 files, .*, 2 failed$/m)
  })

  test('tells of tries, and of what was there before', async () => {
    let asked = 0
    const origin = await serve((_, response) => {
      asked++
      if (asked === 1) response.writeHead(503, { 'retry-after': '0' }).end()
      else response.end('here')
    })
    const folder = await makeFolder()
    const again = ['-d', folder, '--if-exists', 'skip', `${origin}/a`]
    expect((await callGet(again)).code).toBe(0)
    expect(asked).toBe(2)
    const { code, lines } = await callGet(again)
    expect(code).toBe(0)
    expect(asked).toBe(2)
    expect(lines[0]).toMatch(/^= \S+\/a +4 B +is there already$/)
    expect(lines[1]).toMatch(/^1 of 1 files, 0 B, .*, 1 there already$/)
  })
})

test('--json has nothing that a terminal would act on', async () => {
  const location = 'ftp://x/\u009b31m'
  const origin = await serve((_, response) => response.writeHead(302, { location }).end())
  const { code, lines } = await callGet(['--json', `${origin}/a`])
  expect(code).toBe(1)
  expect(lines[0]).toContain('ftp://x/\\u009b31m')
  expect(lines[0]).not.toContain('\u009b')
  expect(JSON.parse(lines[0] as string).error.message).toContain(location)
})

test('-q says nothing but what fails, and that to the error output', async () => {
  const origin = await serve(site)
  const folder = await makeFolder()
  const { code, stdout, stderr } = await callGet([
    '-q',
    '-d',
    folder,
    `${origin}/a`,
    `${origin}/missing`,
  ])
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toBe(`✗ ${origin}/missing  status  expected status 200, got 404\n`)
})

describe('--json', () => {
  test('an object for each file, and a summary', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const { code, lines, stderr } = await callGet([
      '--json',
      '-d',
      folder,
      `${origin}/a`,
      `${origin}/missing`,
    ])
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' })
    const objects = lines.map((line) => JSON.parse(line))
    expect(objects).toHaveLength(3)
    expect(objects.find(({ url }) => url === `${origin}/a`)).toEqual({
      type: 'file',
      url: `${origin}/a`,
      line: null,
      status: 'done',
      finalUrl: `${origin}/a`,
      path: join(folder, 'a'),
      bytes: 10,
      resumed: 0,
      attempts: 1,
      httpStatus: 200,
      sha256: sha256('this is /a'),
      ms: expect.any(Number),
      warnings: [],
      error: null,
    })
    expect(objects.find(({ url }) => url === `${origin}/missing`)).toMatchObject({
      type: 'file',
      status: 'failed',
      path: null,
      error: {
        class: 'status',
        code: 'ERR_DOWNLOAD_HTTP_STATUS',
        message: 'expected status 200, got 404',
      },
    })
    expect(objects[2]).toEqual({
      type: 'summary',
      outcome: 'finished',
      files: 2,
      done: 1,
      skipped: 0,
      failed: 1,
      cancelled: 0,
      failures: { status: 1 },
      bytes: 10,
      ms: expect.any(Number),
      exitCode: 1,
      resume: null,
    })
  })

  test('moving lines go to an error output that is a terminal, and to no other', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const screen = new FakeTerminal(80, 24)
    const { code, lines } = await callGet(['--json', '-d', folder, `${origin}/a`], {
      stderr: screen,
    })
    expect(code).toBe(0)
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(['file', 'summary'])
    // They are gone at the end.
    expect(screen.frames.length).toBeGreaterThan(0)
    expect(screen.shown).toEqual([])

    const both = new FakeTerminal(400, 24)
    await callGet(['--json', '-d', folder, `${origin}/b`], { stdout: both, stderr: both })
    expect(both.frames.join('')).not.toContain('\u001b')
  })
})

describe('in a terminal', () => {
  test('a line for what is under way, gone when it is done', async () => {
    const held: (() => void)[] = []
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 2_000 })
      response.write(Buffer.alloc(1_000))
      held.push(() => response.end(Buffer.alloc(1_000)))
    })
    const folder = await makeFolder()
    const screen = new FakeTerminal(100, 24)
    const write = screen.write.bind(screen)
    const seen: string[] = []
    screen.write = (text) => {
      write(text)
      const half = screen.shown.find((line) => / 50% +1\.0 KB/.test(line))
      // The server goes on when half of it was seen.
      if (half !== undefined) {
        seen.push(...screen.shown)
        held.shift()?.()
      }
      return true
    }
    const { code } = await callGet(['-d', folder, `${origin}/%E7%8C%AB.jpg`], {
      stdout: screen,
      env: { NO_COLOR: '1' },
    })
    expect(code).toBe(0)
    expect(seen[0]).toMatch(/^猫\.jpg +━+╸─+ +50% +1\.0 KB/)
    expect(seen[1]).toMatch(/^0 of 1 files +━+╸─+ +50% +1\.0 KB/)
    expect(screen.shown).toHaveLength(2)
    expect(screen.shown[0]).toMatch(/^✓ .*猫\.jpg +2\.0 KB +/)
    expect(screen.shown[1]).toMatch(/^1 of 1 files, 2\.0 KB, /)
    expect(screen.isCursorHidden).toBe(false)
  })

  test('--no-progress leaves plain lines', async () => {
    const origin = await serve(site)
    const screen = new FakeTerminal(200, 24)
    await callGet(['--no-progress', '-d', await makeFolder(), `${origin}/a`], {
      stdout: screen,
      env: { NO_COLOR: '1' },
    })
    expect(screen.frames.join('')).not.toContain('\u001b')
    expect(screen.shown).toHaveLength(2)
  })
})

describe('what a file is called', () => {
  test('-o is a name below the folder, and may be hidden', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const { code } = await callGet(['-d', folder, '-o', 'below/.name', `${origin}/a`])
    expect(code).toBe(0)
    expect(await namesIn(join(folder, 'below'))).toEqual(['.name'])
  })

  test('-o may say where from the root on', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const output = join(folder, 'below', 'name')
    const { code } = await callGet(['-d', join(folder, 'other'), '-o', output, `${origin}/a`])
    expect(code).toBe(0)
    expect(await namesIn(join(folder, 'below'))).toEqual(['name'])
  })

  test.each([
    ['', 'the name of a file after -o, got "": give a folder by -d'],
    ['..', 'the name of a file after -o, got "..": give a folder by -d'],
    ['there/', 'the name of a file after -o, got "there/": give a folder by -d'],
    ['there', 'the name of a file after -o, got "there": give a folder by -d'],
    ['a:b.part', 'a name after -o that every system can have, got "a:b.part": give "a_b_part"'],
  ])('-o %j can be none', async (output, message) => {
    const folder = await makeFolder()
    await mkdir(join(folder, 'there'))
    const { code, stderr } = await callGet(['-d', folder, '-o', output, 'http://a/b'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: `hocket get: expected ${message}\n` })
  })

  test('a stranger does not get to choose a folder, nor a hidden file', async () => {
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-disposition': 'attachment; filename="../../.profile"' })
      response.end('x')
    })
    const folder = await makeFolder()
    await mkdir(join(folder, 'in', 'side'), { recursive: true })
    expect((await callGet(['-d', join(folder, 'in', 'side'), `${origin}/a`])).code).toBe(0)
    expect(await namesIn(folder)).toEqual(['in'])
    expect(await namesIn(join(folder, 'in', 'side'))).toEqual(['_profile'])
  })
})

describe('a list', () => {
  test('with options, comments and mirrors, from a file', async () => {
    const origin = await serve(site)
    const gone = await closedOrigin()
    const folder = await makeFolder()
    const list = join(folder, 'list.txt')
    await writeFile(
      list,
      [
        '# pictures',
        `${origin}/a`,
        '  out=first',
        `  checksum=sha-256=${sha256('this is /a')}`,
        '',
        `${gone}/b\t${origin}/b`,
        `  dir=${join(folder, 'other')}`,
      ].join('\n'),
    )
    const { code } = await callGet(['-i', list, '-d', join(folder, 'to'), `${origin}/c`])
    expect(code).toBe(0)
    expect(await namesIn(join(folder, 'to'))).toEqual(['c', 'first'])
    expect(await namesIn(join(folder, 'other'))).toEqual(['b'])
  })

  test('from the standard input, with characters of several bytes', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const stdin = `${origin}/x\n out=猫.jpg\n`
    expect((await callGet(['-i', '-', '-d', folder], { stdin })).code).toBe(0)
    expect(await namesIn(folder)).toEqual(['猫.jpg'])
  })

  test('an empty one is no mistake', async () => {
    const { code, lines } = await callGet(['-i', '-'], { stdin: '\n# nothing\n' })
    expect(code).toBe(0)
    expect(lines[0]).toMatch(/^0 of 0 files/)
  })

  test('garbage is reported line by line, and the others are downloaded', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const garbage = ['ftp://x/y', 'http://', 'http://[::1', '\u0000\u0001', 'javascript:alert(1)']
    const good = Array.from({ length: 200 }, (_, i) => `${origin}/${i}.txt`)
    const urls = good.flatMap((url, i) => (i % 20 === 0 ? [garbage[i % 5] ?? '', url] : [url]))
    const { code, lines } = await callGet(['-i', '-', '-d', folder, '--json'], {
      stdin: urls.join('\n'),
    })
    const objects = lines.map((line) => JSON.parse(line))
    expect(code).toBe(2)
    expect(objects).toHaveLength(urls.length + 1)
    expect(new Set(objects.slice(0, -1).map(({ line }) => line)).size).toBe(urls.length)
    for (const { status, line, error } of objects.slice(0, -1)) {
      const isGood = urls[line - 1]?.startsWith(origin)
      expect([line, status, error?.class]).toEqual(
        isGood ? [line, 'done', undefined] : [line, 'failed', 'usage'],
      )
    }
    expect(await namesIn(folder)).toHaveLength(good.length)
  })

  test('an entry whose options can not be read is not downloaded without them', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const stdin = ['  out=lost', `${origin}/a`, '  chksum=sha-256=00', '  out=', `${origin}/b`]
    const { code, stdout } = await callGet(['-i', '-', '-d', folder], { stdin: stdin.join('\n') })
    expect(code).toBe(2)
    expect(await namesIn(folder)).toEqual(['b'])
    expect(stdout).toContain('✗ line 1:   usage  an option before any URL')
    expect(stdout).toContain(
      `✗ line 2: ${origin}/a  usage  line 3: expected out, dir, checksum or header, got chksum; line 4: `,
    )
    expect(stdout).toMatch(/^1 of 3 files, .*, 2 failed$/m)
  })

  test('a hundred thousand lines of nonsense are told of at once', async () => {
    const nonsense = '  header=Authorization Bearer secret\n'.repeat(50_000)
    const stdin = `http://a/1\n${nonsense}${'b:\n  c\n'.repeat(25_000)}`
    const { code, lines } = await callGet(['-i', '-', '--json'], { stdin })
    expect(code).toBe(2)
    expect(lines).toHaveLength(25_002)
    expect(lines[0]).toContain('line 2: expected header=Name: value, got header=Authorization…;')
    expect(lines[0]).toContain('; and 49990 more')
  })
})

describe('when files fail', () => {
  test('--fail-fast gives the others up', async () => {
    const origin = await serve((request, response) => {
      // What is not missing never ends.
      if (request.url === '/missing') response.writeHead(404).end()
    })
    const folder = await makeFolder()
    const { code, lines } = await callGet([
      '--fail-fast',
      '-d',
      folder,
      `${origin}/a`,
      `${origin}/missing`,
    ])
    expect(code).toBe(1)
    expect(lines.at(-1)).toMatch(/^0 of 2 files, .*, 1 failed, 1 not done$/)
  })

  test('--fail-fast begins nothing where the list has a mistake', async () => {
    let asked = 0
    const origin = await serve((_, response) => {
      asked++
      response.end()
    })
    const stdin = `${origin}/a\n${origin}/b\n  no such option\n`
    const { code } = await callGet(['-i', '-', '--fail-fast', '-d', await makeFolder()], { stdin })
    expect({ code, asked }).toEqual({ code: 2, asked: 0 })
  })

  test('--max-failures counts', async () => {
    const origin = await serve((request, response) => {
      if (request.url?.startsWith('/missing') === true) response.writeHead(404).end()
    })
    const urls = ['/missing1', '/missing2', '/held'].map((path) => origin + path)
    const { lines } = await callGet(['--max-failures', '2', '-d', await makeFolder(), ...urls])
    expect(lines.at(-1)).toMatch(/^0 of 3 files, .*, 2 failed, 1 not done$/)
  })
})

describe('exit codes', () => {
  test.each<[number, string, () => Promise<string[]>]>([
    [0, 'all done', async () => [`${await serve(site)}/a`]],
    [1, 'a page that is not there', async () => [`${await serve(site)}/missing`]],
    [
      1,
      'failures of several kinds',
      async () => [`${await serve(site)}/missing`, `${await closedOrigin()}/a`],
    ],
    [2, 'a bad URL', async () => ['ftp://host/file']],
    [
      3,
      'a file that is not what was promised',
      async () => [`${await serve(site)}/a`, '--checksum', `md5=${'0'.repeat(32)}`],
    ],
    [4, 'a server that is not there', async () => [`${await closedOrigin()}/a`]],
    [
      4,
      'one of that kind, and one that is done',
      async () => [`${await closedOrigin()}/a`, `${await serve(site)}/b`],
    ],
    [5, 'a folder that is a file', async () => [`${await serve(site)}/a`, '-d', '/dev/null']],
    [124, 'no time left', async () => [`${await serve(() => {})}/a`, '--total-timeout', '0.2']],
    [
      124,
      'no time left for a file',
      async () => [`${await serve(() => {})}/a`, '--timeout', '0.2'],
    ],
  ])('%d for %s', async (expected, _, makeArgs) => {
    const folder = await makeFolder()
    const args = await makeArgs()
    const { code, stdout, stderr } = await callGet(['-d', folder, '--retries', '0', ...args])
    expect({ code, stdout }).toEqual({
      code: expected,
      stdout: expect.stringMatching(/ of \d files, /),
    })
    const isOver = args.includes('--total-timeout')
    expect(stderr).toMatch(isOver ? /^out of time: .*\n {2}hocket get .*--if-exists skip\n$/ : /^$/)
  })
})

test('headers and the name of the program are sent', async () => {
  const heads: (string | undefined)[][] = []
  const origin = await serve(({ headers }, response) => {
    heads.push([headers['x-one'] as string, headers['accept'], headers['user-agent']])
    response.end('x')
  })
  const args = ['-H', 'X-One: 1: 2', '-H', 'Accept: image/png', '-A', 'Voice/1', `${origin}/a`]
  expect((await callGet(['-d', await makeFolder(), ...args])).code).toBe(0)
  expect(heads).toEqual([['1: 2', 'image/png', 'Voice/1']])
})

test('--proxy is the way to the server', async () => {
  const asked: (string | undefined)[] = []
  const proxy = await serve(({ url }, response) => {
    asked.push(url)
    response.end('by proxy')
  })
  const folder = await makeFolder()
  const { code } = await callGet(['--proxy', proxy, '-d', folder, 'http://example.test/a'])
  expect(code).toBe(0)
  expect(asked).toEqual(['http://example.test/a'])
  expect(await readFile(join(folder, 'a'), 'utf8')).toBe('by proxy')
})
