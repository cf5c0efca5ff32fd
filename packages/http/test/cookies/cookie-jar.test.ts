import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'hocket'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseSetCookies } from '../../src/cookies/cookie.ts'
import { CookieJar } from '../../src/cookies/cookie-jar.ts'
import { DummyCookieJar } from '../../src/cookies/dummy-cookie-jar.ts'

const sent = (jar: CookieJar, url: string) => jar.cookieHeader(url)

describe('CookieJar', () => {
  test('keeps a cookie to its host, its path and its safety', () => {
    const jar = new CookieJar()
    const set = ['a=1', 'b=2; Domain=example.org', 'c=3; Path=/deep', 'd=4; Secure']
    jar.storeSetCookies(set, 'https://www.example.org/x/y')
    expect(sent(jar, 'https://www.example.org/x/z')).toBe('a=1; b=2; d=4')
    expect(sent(jar, 'https://www.example.org/')).toBe('')
    expect(sent(jar, 'https://www.example.org/deep/er')).toBe('c=3')
    expect(sent(jar, 'http://www.example.org/x/')).toBe('a=1; b=2')
    expect(sent(jar, 'https://other.example.org/x/')).toBe('b=2')
    expect(sent(jar, 'https://example.com/x/')).toBe('')
    expect(jar.size).toBe(4)
  })

  test('gives one value of each name, that of the longest path', () => {
    const jar = new CookieJar()
    jar.storeSetCookies(['a=short; Path=/', 'a=long; Path=/x'], 'http://example.org/x')
    expect(jar.filterCookies('http://example.org/x')).toEqual(new Map([['a', 'long']]))
    expect(jar.filterCookies('http://example.org/')).toEqual(new Map([['a', 'short']]))
  })

  test('refuses what a server may not set', () => {
    const jar = new CookieJar()
    const refused = [
      'a=1; Domain=example.com',
      'b=1; Domain=org',
      'c=1; Domain=co.uk',
      '__Host-d=1; Path=/',
      '__host-f=1; Path=/',
      '__SECURE-g=1',
      `h=${'x'.repeat(4096)}`,
      'e=1; Secure',
      '',
    ]
    jar.storeSetCookies(refused, 'http://www.example.org/')
    expect([...jar]).toEqual([])
  })

  test('takes cookies as long as they may be, and prefixes however they are spelled', () => {
    const jar = new CookieJar()
    const url = 'https://www.example.org/'
    const taken = [`a=${'x'.repeat(4095)}`, '__host-b=1; Secure; Path=/', '__Secure-c=1; Secure']
    const refused = ['__host-d=1; Secure; Path=/x', '__HOST-e=1; Path=/', '__secure-f=1']
    jar.storeSetCookies([...taken, ...refused], url)
    expect(Array.from(jar, ({ name }) => name).sort()).toEqual(['__Secure-c', '__host-b', 'a'])
  })

  test('refuses by hand what no header can hold', () => {
    const jar = new CookieJar()
    expect(() => jar.updateCookies({ city: '\u0141\u00f3d\u017a' })).toThrow(
      /the cookie city to be a string of Latin-1/,
    )
    expect(() => jar.updateCookies({ a: '\u{1f36a}' })).toThrow(RangeError)
    jar.updateCookies({ city: 'Malm\u00f6' })
    expect(sent(jar, 'http://example.org/')).toBe('city=Malm\u00f6')
  })

  test('lets nobody on a plain connection put a cookie in the place of a secure one', () => {
    const jar = new CookieJar()
    jar.storeSetCookies(['a=1; Secure; Path=/x', 'b=1; Path=/x'], 'https://www.example.org/')
    const plain = 'http://www.example.org/x/y'
    jar.storeSetCookies(['a=2; Path=/x', 'a=3; Path=/x/y', 'b=2; Path=/x'], plain)
    jar.storeSetCookies(['a=4; Domain=example.org; Path=/x'], plain)
    expect(sent(jar, 'https://www.example.org/x/y')).toBe('a=1; b=2')
    // Neither another path nor another host is in its way.
    jar.storeSetCookies(['a=5; Path=/'], plain)
    jar.storeSetCookies(['a=6'], 'http://other.example.org/')
    expect(sent(jar, 'http://www.example.org/')).toBe('a=5')
    expect(sent(jar, 'http://other.example.org/')).toBe('a=6')
    jar.storeSetCookies(['a=7; Path=/x'], 'https://www.example.org/')
    expect(sent(jar, 'https://www.example.org/x/y')).toBe('a=7; b=2')
  })

  test('takes cookies of localhost, and those of addresses only when asked to', () => {
    const jar = new CookieJar()
    const unsafe = new CookieJar({ unsafe: true })
    for (const url of ['http://127.0.0.1:8080/', 'http://[::1]/', 'http://localhost:3000/']) {
      jar.storeSetCookies(['a=1'], url)
      unsafe.storeSetCookies(['a=1'], url)
      expect(sent(unsafe, url)).toBe('a=1')
    }
    expect(sent(jar, 'http://127.0.0.1:8080/')).toBe('')
    expect(sent(jar, 'http://[::1]/')).toBe('')
    expect(sent(jar, 'http://localhost:3000/')).toBe('a=1')
  })

  test('forgets what has ended or is taken back', () => {
    const jar = new CookieJar()
    const url = 'http://example.org/'
    jar.storeSetCookies(['a=1', 'b=2; Max-Age=0', 'c=3; Max-Age=1000'], url)
    expect(sent(jar, url)).toBe('a=1; c=3')
    jar.storeSetCookies(['a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'], url)
    expect(sent(jar, url)).toBe('c=3')
    expect(jar.size).toBe(1)
  })

  test('sends cookies given by hand everywhere, or where they are said to belong', () => {
    const jar = new CookieJar()
    jar.updateCookies({ everywhere: '1', there: { value: '2', domain: 'example.org' } })
    jar.updateCookies([['here', '3']], 'http://example.com/')
    expect(sent(jar, 'http://sub.example.org/')).toBe('there=2; everywhere=1')
    expect(sent(jar, 'http://example.com/')).toBe('here=3; everywhere=1')
    expect(sent(jar, 'http://127.0.0.1/')).toBe('everywhere=1')
    jar.storeSetCookies(['everywhere=own'], 'http://example.com/')
    expect(sent(jar, 'http://example.com/')).toBe('here=3; everywhere=own')
  })

  test.each([
    ['a b', '1'],
    ['', '1'],
    ['a', 'x; Path=/'],
    ['a', 'x\r\nX-Injected: 1'],
  ])('refuses the cookie %j=%j', (name, value) => {
    expect(() => new CookieJar().updateCookies({ [name]: value })).toThrow(RangeError)
  })

  test('speaks of WebSockets as of their pages, and of origins that count as secure', () => {
    const jar = new CookieJar({ treatAsSecureOrigin: 'http://intranet.example.org:8080' })
    jar.storeSetCookies(['s=1; Secure'], 'http://intranet.example.org:8080/')
    expect(sent(jar, 'wss://intranet.example.org/')).toBe('s=1')
    expect(sent(jar, 'ws://intranet.example.org/')).toBe('')
    expect(sent(jar, 'http://intranet.example.org/')).toBe('')
    expect(sent(jar, 'http://intranet.example.org:8080/')).toBe('s=1')
  })

  test('clears all, some, or a domain', () => {
    const jar = new CookieJar()
    jar.updateCookies({ shared: '1' })
    jar.storeSetCookies(['a=1', 'b=2'], 'http://example.org/')
    jar.storeSetCookies(['c=3'], 'http://sub.example.org/')
    jar.storeSetCookies(['d=4'], 'http://notexample.org/')
    jar.clear(({ name }) => name === 'a' || name === 'shared')
    expect(Array.from(jar, ({ name }) => name).sort()).toEqual(['b', 'c', 'd'])
    jar.clearDomain('Example.org')
    expect(Array.from(jar, ({ name }) => name)).toEqual(['d'])
    jar.clear()
    expect(jar.size).toBe(0)
  })

  test('tells what its cookies are', () => {
    const jar = new CookieJar()
    const line =
      'a=1; Domain=example.org; Path=/x; HttpOnly; SameSite=Lax; Expires=Fri, 01 Jan 2100 00:00:00 GMT'
    jar.storeSetCookies([line], 'http://www.example.org/')
    expect([...jar]).toEqual([
      {
        name: 'a',
        value: '1',
        domain: 'example.org',
        path: '/x',
        hostOnly: false,
        secure: false,
        httpOnly: true,
        sameSite: 'lax',
        expires: new Date('2100-01-01T00:00:00Z'),
      },
    ])
  })
})

describe('a saved jar', () => {
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hocket-jar-'))
  })

  afterAll(() => rm(folder, { recursive: true }))

  test('comes back as it was, from a file for its owner alone', async () => {
    const jar = new CookieJar()
    jar.updateCookies({ shared: '1' })
    jar.storeSetCookies(['a=1', 'b=2; Max-Age=1000; Path=/x'], 'http://example.org/')
    const path = join(folder, 'cookies.json')
    await writeFile(path, 'old')
    await run(jar.save(path))
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(folder)).toEqual(['cookies.json'])

    const other = new CookieJar()
    other.updateCookies({ gone: '1' })
    await run(other.load(path))
    expect([...other]).toEqual([...jar])
    expect(sent(other, 'http://example.org/x')).toBe('b=2; a=1; shared=1')
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(jar)))
  })

  test('is refused where it is something else, and nothing changes', async () => {
    const jar = new CookieJar()
    jar.updateCookies({ kept: '1' })
    const path = join(folder, 'other.json')
    for (const [text, expected] of [
      ['no json', SyntaxError],
      ['{}', RangeError],
      ['null', RangeError],
      ['{"version":1,"jar":null,"shared":{"a":"1;2"}}', RangeError],
    ] as const) {
      await writeFile(path, text)
      await expect(run(jar.load(path))).rejects.toThrow(expected)
      expect(Array.from(jar, ({ name }) => name)).toEqual(['kept'])
    }
    await expect(run(jar.load(join(folder, 'none')))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

test('DummyCookieJar keeps nothing', () => {
  const jar = new DummyCookieJar()
  jar.updateCookies({ a: '1' })
  jar.storeSetCookies(['a=1'], 'http://example.org/')
  expect([jar.cookieHeader('http://example.org/'), jar.isEmpty]).toEqual(['', true])
})

test('parseSetCookies gives the last of each name', () => {
  const cookies = parseSetCookies(['a=1', 'a=2; HttpOnly', '', '=', 'b=3; Path=/x'])
  expect(Array.from(cookies.values(), ({ name, value }) => `${name}=${value}`)).toEqual([
    'a=2',
    'b=3',
  ])
  expect(cookies.get('a')).toMatchObject({ httpOnly: true, domain: '', path: '/' })
})
