import { run } from 'hocket'
import { describe, expect, test } from 'vitest'
import { BasicAuth } from '../../src/auth/basic-auth.ts'
import { RedirectError } from '../../src/errors/client-error.ts'
import { followRedirects } from '../../src/session/redirect.ts'
import { requestTo, Script, spentBody } from './support.ts'

const follow = (script: Script, request = requestTo('http://a.org/1'), maxRedirects = 10) =>
  run(followRedirects(request, { maxRedirects, handler: script.handler, onRedirect: null }))

describe('followRedirects', () => {
  test('follows to the end, and keeps what was on the way', async () => {
    const script = new Script((_, count) =>
      count < 3 ? { status: 302, headers: { location: `/${count + 1}` } } : { status: 200 },
    )
    const response = await follow(script)
    expect(response.url.href).toBe('http://a.org/3')
    expect(response._history).toEqual(script.responses.slice(0, 2))
    expect(script.fates).toBe('released released open')
  })

  test('takes as many as it may, and one more is an error that has them all', async () => {
    const location = 'http://me:secret@a.org/1'
    const circle = new Script(() => ({ status: 302, headers: { location } }))
    await expect(follow(circle, undefined, 3)).rejects.toMatchObject({
      name: 'TooManyRedirects',
      message: expect.stringContaining('got one more, to http://a.org/1: '),
      status: 302,
      history: circle.responses,
    })
    expect(circle.fates).toBe('released released released closed')

    const ends = new Script((_, count) =>
      count <= 3 ? { status: 302, headers: { location: '/1' } } : { status: 200 },
    )
    expect((await follow(ends, undefined, 3)).status).toBe(200)
    const none = new Script(() => ({ status: 302, headers: { location: '/1' } }))
    await expect(follow(none, undefined, 0)).rejects.toThrow('at most 0 redirects')
  })

  test('leaves nothing open where it can not go on', async () => {
    const script = new Script(() => ({ status: 302, headers: { location: 'ftp://a.org/' } }))
    await expect(follow(script)).rejects.toThrow(RedirectError)
    expect(script.fates).toBe('closed')
    const body = new Script(() => ({ status: 307, headers: { location: '/2' } }))
    const request = requestTo('http://a.org/1', { method: 'POST', body: spentBody() })
    await expect(follow(body, request)).rejects.toThrow(RedirectError)
    expect(body.fates).toBe('closed')
  })

  test('tells of each redirect before it is followed', async () => {
    const script = new Script((_, count) =>
      count === 1 ? { status: 302, headers: { uri: '/2' } } : { status: 200 },
    )
    const told: string[] = []
    const plan = {
      maxRedirects: 10,
      handler: script.handler,
      onRedirect: (request: { url: URL }, response: { status: number }) => {
        told.push(`${request.url.href} ${response.status} ${script.fates}`)
      },
    }
    await run(followRedirects(requestTo('http://a.org/1'), plan))
    expect(told).toEqual(['http://a.org/1 302 open'])
  })

  test('keeps what belongs to a server from the others, for good', async () => {
    const script = new Script((request, count) => {
      const to = ['http://a.org/2', 'http://b.org/3', 'http://a.org/4'][count - 1]
      expect(request.headers.get('x-of-mine')).toBe('stays')
      return to === undefined ? { status: 200 } : { status: 307, headers: { location: to } }
    })
    const headers = ['Authorization', 'x', 'Cookie', 'a=1', 'Host', 'virtual', 'X-Of-Mine', 'stays']
    const request = requestTo('http://a.org/1', {
      headers: [...headers, 'Proxy-Authorization', 'y'],
    })
    request.auth = new BasicAuth('user', 'secret')
    request.cookies = { mine: '1' }
    await follow(script, request)
    const seen = script.requests.map(({ url, headers, auth, cookies }) => [
      url.href,
      ...['authorization', 'cookie', 'host', 'proxy-authorization'].map((name) =>
        headers.get(name),
      ),
      auth,
      cookies,
    ])
    const all = ['x', 'a=1', 'virtual', 'y', request.auth, request.cookies]
    expect(seen).toEqual([
      ['http://a.org/1', ...all],
      ['http://a.org/2', ...all],
      ['http://b.org/3', null, null, null, null, null, null],
      ['http://a.org/4', null, null, null, null, null, null],
    ])
  })

  test('who asks, said by the URL, goes on to the same server alone', async () => {
    const script = new Script((_, count) => {
      const to = ['/2', 'http://b.org/3', 'http://x:y@c.org/4'][count - 1]
      return to === undefined ? { status: 200 } : { status: 302, headers: { location: to } }
    })
    await follow(script, requestTo('http://user:p%40ss@a.org/1'))
    const seen = script.requests.map((hop) => {
      const { username, password } = hop._resolveTarget()
      return [hop.auth?.encode(), username, password, hop._isAway]
    })
    expect(seen).toEqual([
      [undefined, 'user', 'p@ss', false],
      [new BasicAuth('user', 'p@ss').encode(), '', '', false],
      [undefined, '', '', true],
      [undefined, 'x', 'y', true],
    ])
  })

  test('a POST that becomes a GET has no body, and says nothing of one', async () => {
    const script = new Script((_, count) =>
      count === 1 ? { status: 303, headers: { location: '/2' } } : { status: 200 },
    )
    const headers = ['Content-Type', 'text/x', 'Content-Encoding', 'gzip', 'X-Of-Mine', 'stays']
    const request = requestTo('http://a.org/1', { method: 'POST', body: spentBody(), headers })
    await follow(script, request)
    const next = script.requests[1]
    expect([next?.method, next?.body]).toEqual(['GET', null])
    expect([...(next?.headers ?? [])]).toEqual([['x-of-mine', 'stays']])
    expect(request.headers.get('content-type')).toBe('text/x')
  })
})
