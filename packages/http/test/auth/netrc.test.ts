import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from 'hocket'
import { describe, expect, test } from 'vitest'
import { Netrc, netrcFromEnv } from '../../src/auth/netrc.ts'

const TEXT = `# a comment
machine one.example.org login me password secret # another
machine two.example.org
  login "with space"
  account team
  password "a \\"quoted\\" one"
macdef init
cd /pub
machine not.example.org login no

machine three.example.org login x password #hash # comment
machine one.example.org login later password later
machine four.example.org account only password p
default login anonymous password me@example.org
`

describe('Netrc', () => {
  test('finds hosts, the first of each, and the default', () => {
    const netrc = Netrc.parse(TEXT)
    expect(netrc.find('one.example.org')).toEqual({ login: 'me', account: '', password: 'secret' })
    expect(netrc.find('two.example.org')).toEqual({
      login: 'with space',
      account: 'team',
      password: 'a "quoted" one',
    })
    expect(netrc.find('three.example.org')?.password).toBe('#hash')
    expect(netrc.find('not.example.org')?.login).toBe('anonymous')
    expect(netrc.basicAuth('four.example.org')).toMatchObject({ login: 'only', password: 'p' })
    expect(Netrc.parse('').find('x')).toBeNull()
    expect(Netrc.parse('machine a login b password c').basicAuth('x')).toBeNull()
  })

  test.each([
    ['machine', 'line 1: expected the name of a host'],
    ['\nmachine a login', 'line 2: expected a login'],
    ['machine a\nwhat login', `line 2: expected 'machine', 'default' or 'macdef', got "what"`],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => Netrc.parse(text)).toThrow(message)
  })

  test('is read from where the environment says, and nothing comes of a file that is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hocket-netrc-'))
    try {
      const path = join(folder, 'netrc')
      await writeFile(path, TEXT)
      expect((await run(netrcFromEnv({ NETRC: path })))?.find('one.example.org')?.login).toBe('me')
      await writeFile(path, 'no netrc')
      expect(await run(netrcFromEnv({ NETRC: path }))).toBeNull()
      expect(await run(netrcFromEnv({ NETRC: folder }))).toBeNull()
      expect(await run(netrcFromEnv({ NETRC: join(folder, 'none') }))).toBeNull()
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
