import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test } from 'vitest'
import { parsePairs } from '../../src/auth/challenge.ts'
import { ClientSession, CookieJar, digestAuth } from '../../src/index.ts'
import { runTest, startHttp } from '../support/servers.ts'

const HASHES: Record<string, string> = {
  MD5: 'md5',
  'SHA-256': 'sha256',
  'SHA-512-256': 'sha512-256',
}

/** A server that lets in whoever proves to know the password, and counts each nonce. */
class Guard {
  readonly log: string[] = []
  nonce = 'nonce-1'
  next = ''
  algorithm = 'MD5'
  qop: string | null = 'auth'
  userhash = false
  readonly #counts = new Map<string, number>()

  readonly answer = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const verdict = this.judge(request, Buffer.concat(chunks))
    this.log.push(verdict)
    if (verdict === 'welcome') {
      if (this.next !== '') response.setHeader('authentication-info', `nextnonce="${this.next}"`)
      response.end('secret')
      return
    }
    const qop = this.qop === null ? '' : `, qop="${this.qop}"`
    const stale = verdict === 'stale' ? ', stale=true' : ''
    const userhash = this.userhash ? ', userhash=true' : ''
    response.setHeader('www-authenticate', [
      'Basic realm="other"',
      `Digest realm="a \\"realm\\"", nonce="${this.nonce}", algorithm=${this.algorithm}, opaque="o"${qop}${stale}${userhash}`,
    ])
    response.writeHead(401).end('who?')
  }

  judge({ method, url, headers }: IncomingMessage, body: Buffer): string {
    const { authorization = '' } = headers
    if (authorization === '') return 'nobody'
    const fields = parsePairs(authorization.slice('Digest '.length))
    const field = (name: string) => fields.get(name) ?? ''
    const [, name = '', isSession] = /^(.*?)(-sess)?$/.exec(this.algorithm) ?? []
    const hash = (text: string | Buffer) =>
      createHash(HASHES[name] as string)
        .update(text)
        .digest('hex')
    const realm = 'a "realm"'
    const user = this.userhash ? hash(`user:${realm}`) : 'user'
    if (field('username') !== user || field('realm') !== realm) return 'stranger'
    if (field('uri') !== url || field('opaque') !== 'o') return 'elsewhere'
    let key = hash(`user:${realm}:pass`)
    if (isSession) key = hash(`${key}:${field('nonce')}:${field('cnonce')}`)
    const what = field('qop') === 'auth-int' ? `${method}:${url}:${hash(body)}` : `${method}:${url}`
    const middle =
      this.qop === null
        ? field('nonce')
        : [field('nonce'), field('nc'), field('cnonce'), field('qop')].join(':')
    if (field('response') !== hash(`${key}:${middle}:${hash(what)}`)) return 'wrong'
    if (field('nonce') !== this.nonce) return 'stale'
    if (this.qop === null) return 'welcome'
    const count = Number.parseInt(field('nc'), 16)
    const isNew = count > (this.#counts.get(this.nonce) ?? 0)
    this.#counts.set(this.nonce, count)
    return isNew ? 'welcome' : 'replayed'
  }
}

async function withGuard(
  guard: Guard,
  body: (session: ClientSession, url: string) => Promise<void>,
  middleware = digestAuth('user', 'pass'),
) {
  await using server = await startHttp((request, response) => void guard.answer(request, response))
  await runTest(async () => {
    await using session = new ClientSession({ middlewares: [middleware] })
    await body(session, server.url)
  })
}

const statusOf = async (session: ClientSession, url: string, options = {}, method = 'GET') => {
  await using response = await session.request(method, url, options)
  return response.status
}

describe('digestAuth', () => {
  test.each(['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess', 'SHA-512-256', 'SHA-512-256-sess'])(
    '%s: is asked once, and then says who it is',
    async (algorithm) => {
      const guard = Object.assign(new Guard(), { algorithm })
      await withGuard(guard, async (session, url) => {
        expect(await statusOf(session, `${url}/a?b="c"`)).toBe(200)
        // The key of a session belongs to its first cnonce.
        if (algorithm.endsWith('-sess')) return
        expect(await statusOf(session, `${url}/d`)).toBe(200)
        expect(guard.log).toEqual(['nobody', 'welcome', 'welcome'])
      })
    },
  )

  test.each<[string | null, string]>([
    [null, 'GET'],
    ['auth-int', 'POST'],
    ['auth,auth-int', 'POST'],
  ])('qop %j, %s', async (qop, method) => {
    const guard = Object.assign(new Guard(), { qop, algorithm: 'SHA-256' })
    await withGuard(guard, async (session, url) => {
      const options = method === 'POST' ? { data: 'body' } : {}
      expect(await statusOf(session, url, options, method)).toBe(200)
    })
  })

  test('hides its name where it is to', async () => {
    const guard = Object.assign(new Guard(), { userhash: true })
    await withGuard(guard, async (session, url) => expect(await statusOf(session, url)).toBe(200))
  })

  test('a nonce that is too old is replaced, one that is announced is used', async () => {
    const guard = new Guard()
    await withGuard(guard, async (session, url) => {
      await statusOf(session, url)
      guard.nonce = 'nonce-2'
      guard.next = 'nonce-3'
      expect(await statusOf(session, url)).toBe(200)
      guard.nonce = 'nonce-3'
      expect(await statusOf(session, url)).toBe(200)
      expect(guard.log).toEqual(['nobody', 'welcome', 'stale', 'welcome', 'welcome'])
    })
  })

  test('a wrong password is refused once', async () => {
    const guard = new Guard()
    const wrong = digestAuth('user', 'other')
    await withGuard(
      guard,
      async (session, url) => {
        expect(await statusOf(session, url)).toBe(401)
        expect(guard.log).toEqual(['nobody', 'wrong'])
      },
      wrong,
    )
  })

  test('waits to be asked each time where it is not to be preemptive', async () => {
    const guard = new Guard()
    await withGuard(
      guard,
      async (session, url) => {
        expect([await statusOf(session, url), await statusOf(session, url)]).toEqual([200, 200])
        expect(guard.log).toEqual(['nobody', 'welcome', 'nobody', 'welcome'])
      },
      digestAuth('user', 'pass', { preemptive: false }),
    )
  })

  test('a stream that has gone can not answer', async () => {
    const guard = new Guard()
    await withGuard(guard, async (session, url) => {
      const stream = async function* () {
        yield Buffer.from('once')
      }
      expect(await statusOf(session, url, { data: stream() }, 'POST')).toBe(401)
      expect(await statusOf(session, url)).toBe(200)
      expect(await statusOf(session, url, { data: stream() }, 'POST')).toBe(200)
    })
  })

  test('tells nothing to a server that a redirect has led to', async () => {
    const guard = new Guard()
    await using elsewhere = await startHttp(
      (request, response) => void guard.answer(request, response),
    )
    await using server = await startHttp((_, response) => {
      response.writeHead(302, { location: `${elsewhere.url}/x` }).end()
    })
    await runTest(async () => {
      await using session = new ClientSession({ middlewares: [digestAuth('user', 'pass')] })
      expect(await statusOf(session, server.url)).toBe(401)
      expect(guard.log).toEqual(['nobody'])
      expect(await statusOf(session, elsewhere.url)).toBe(200)
      expect(await statusOf(session, server.url)).toBe(401)
      expect(guard.log).toEqual(['nobody', 'nobody', 'welcome', 'nobody'])
    })
  })
})

test('the cookies of an answer that is answered are kept', async () => {
  const guard = new Guard()
  await using server = await startHttp((request, response) => {
    if (request.headers.authorization === undefined) response.setHeader('set-cookie', 'id=1')
    void guard.answer(request, response)
  })
  await runTest(async () => {
    const cookieJar = new CookieJar({ unsafe: true })
    const middlewares = [digestAuth('user', 'pass')]
    await using session = new ClientSession({ cookieJar, middlewares })
    await using response = await session.get(server.url)
    expect(response.status).toBe(200)
    expect(cookieJar.cookieHeader(server.url)).toBe('id=1')
  })
})
