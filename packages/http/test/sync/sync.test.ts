import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Worker } from 'node:worker_threads'
import zlib from 'node:zlib'
import { TimeoutError } from 'hocket'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  BasicAuth,
  CookieJar,
  del,
  get,
  head,
  patch,
  post,
  put,
  Session,
  type SyncRequestOptions,
} from '../../src/sync.ts'

let site: Worker
let origin = ''

beforeAll(async () => {
  site = new Worker(new URL('./support/site.mjs', import.meta.url), { execArgv: [] })
  const [port] = (await once(site, 'message')) as [number]
  origin = `http://127.0.0.1:${port}`
})

afterAll(() => site.terminate())

interface Echo {
  method: string
  url: string
  headers: Record<string, string>
  body: string
  connections: number
}

const echoOf = (response: { json<T>(): T }) => response.json<Echo>()
const textOf = (path: string, options?: SyncRequestOptions) => get(origin + path, options).text()

describe('an answer', () => {
  test('has its status, its headers and its body', () => {
    const response = get(`${origin}/echo`, { headers: { 'x-of-mine': 'here' } })
    expect(response).toMatchObject({
      method: 'GET',
      status: 200,
      statusText: 'OK',
      ok: true,
      contentType: 'application/json',
      encoding: 'utf-8',
      history: [],
    })
    expect(response.url.href).toBe(`${origin}/echo`)
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8')
    expect(echoOf(response).headers).toMatchObject({
      'x-of-mine': 'here',
      'user-agent': 'hocket-http',
      accept: '*/*',
    })
    response.raiseForStatus()
    expect(get(`${origin}/latin1`).text()).toBe('\u00e9')
  })

  test('of 404 is one, and an error where it is asked for', () => {
    const response = get(`${origin}/missing`)
    expect([response.status, response.ok, response.text()]).toEqual([404, false, 'nothing here'])
    expect(() => response.raiseForStatus()).toThrow(
      expect.objectContaining({
        name: 'ClientResponseError',
        status: 404,
        statusText: 'Not Found',
      }),
    )
  })

  test('is decoded, and may be long', () => {
    for (const path of ['/gzip', '/deflate', '/deflate-raw', '/br']) {
      expect(textOf(path)).toBe('inflated')
    }
    // Left as it came where Node can't undo it.
    expect(textOf('/zstd') === 'inflated').toBe('createZstdDecompress' in zlib)
    expect(textOf('/big')).toBe('x'.repeat(3_000_000))
    expect(() => get(`${origin}/no-gzip`)).toThrow(
      expect.objectContaining({ name: 'ClientPayloadError' }),
    )
  })

  test('is not longer than it may be, as it comes and as it is decoded', () => {
    expect(() => get(`${origin}/big`, { maxBytes: 2_999_999 })).toThrow(
      'the body is longer than 2999999 bytes',
    )
    expect(textOf('/big', { maxBytes: 3_000_000 })).toHaveLength(3_000_000)
    expect(() => get(`${origin}/bomb`, { maxBytes: 9_999_999 })).toThrow(
      'the body is longer than 9999999 bytes',
    )
  })
})

describe('a request', () => {
  test('has its method, its query and its body', () => {
    const url = `${origin}/echo?a=1`
    expect(echoOf(get(url, { params: { b: [2, 3] } })).url).toBe('/echo?a=1&b=2&b=3')
    expect(head(url).content).toHaveLength(0)
    const text = echoOf(post(url, { data: '\u20ac' }))
    expect([text.method, text.body, text.headers['content-length']]).toEqual([
      'POST',
      Buffer.from('\u20ac').toString('latin1'),
      '3',
    ])
    const json = echoOf(put(url, { json: { a: [1] } }))
    expect([json.method, json.body, json.headers['content-type']]).toEqual([
      'PUT',
      '{"a":[1]}',
      'application/json',
    ])
    const form = echoOf(patch(url, { data: { a: 'x y', b: [1, 2] } }))
    expect([form.method, form.body, form.headers['content-type']]).toEqual([
      'PATCH',
      'a=x+y&b=1&b=2',
      'application/x-www-form-urlencoded',
    ])
    const bytes = echoOf(del(url, { data: Uint8Array.of(1, 2) }))
    expect([bytes.method, bytes.body]).toEqual(['DELETE', '\x01\x02'])
    expect(() => post(url, { data: new Blob(['x']) as never })).toThrow('a stream can not be read')
    expect(() => post(url, { data: 'x', json: 1 })).toThrow(TypeError)
  })

  test('says who asks', () => {
    const auth = new BasicAuth('user', 'secret')
    expect(echoOf(get(`${origin}/echo`, { auth })).headers['authorization']).toBe(auth.encode())
    const url = origin.replace('//', '//user:secret@')
    const response = get(`${url}/echo`)
    expect(echoOf(response).headers['authorization']).toBe(auth.encode())
    expect(response.url.href).not.toContain('secret')
  })
})

describe('redirects', () => {
  test('are followed, and kept as history', () => {
    const response = get(`${origin}/moved`)
    expect([response.url.href, echoOf(response).url]).toEqual([
      `${origin}/echo?moved`,
      '/echo?moved',
    ])
    expect(response.history.map(({ status, url }) => [status, url.href])).toEqual([
      [302, `${origin}/moved`],
    ])
    expect(echoOf(get(`${origin}/moved-long`)).url).toBe('/echo')
    expect(echoOf(post(`${origin}/moved`, { data: 'x' })).method).toBe('GET')
    const kept = echoOf(post(`${origin}/moved-for-good`, { data: 'x' }))
    expect([kept.method, kept.body]).toEqual(['POST', 'x'])
  })

  test('are handed out if they are to be', () => {
    const response = get(`${origin}/moved`, { allowRedirects: false })
    expect([response.status, response.text()]).toEqual([302, 'moved'])
    expect(head(`${origin}/moved`).status).toBe(302)
  })

  test('in a circle, and away from HTTP, are errors', () => {
    expect(() => get(`${origin}/circle`)).toThrow(
      expect.objectContaining({ name: 'TooManyRedirects', status: 302 }),
    )
    expect(() => get(`${origin}/circle`, { maxRedirects: 0 })).toThrow('at most 0 redirects')
    expect(() => get(`${origin}/away`)).toThrow(
      expect.objectContaining({ name: 'RedirectError', location: 'ftp://example.org/' }),
    )
  })
})

describe('a session', () => {
  test('keeps cookies, headers and its connection', () => {
    const cookieJar = new CookieJar({ unsafe: true })
    const session = new Session({ baseUrl: `${origin}/`, headers: { 'x-ours': '1' }, cookieJar })
    expect(echoOf(session.get('sets')).headers['cookie']).toBe('a=1; b=2')
    const again = echoOf(
      session.get('echo', { cookies: { b: '3', c: '4' }, headers: { 'x-ours': '2' } }),
    )
    expect([again.headers['cookie'], again.headers['x-ours']]).toEqual(['a=1; b=3; c=4', '2'])
    expect(echoOf(session.post('echo')).headers['x-ours']).toBe('1')
    const { connections } = echoOf(session.get('echo'))
    expect(echoOf(session.get('echo')).connections).toBe(connections)
  })

  test('of one request keeps its cookies to itself', () => {
    expect(echoOf(get(`${origin}/echo`)).headers).not.toHaveProperty('cookie')
  })
})

describe('no answer', () => {
  test('is an error of the class that a ClientSession throws', async () => {
    const closed = createServer().listen(0, '127.0.0.1')
    await once(closed, 'listening')
    const { port } = closed.address() as AddressInfo
    closed.close()
    await once(closed, 'close')
    expect(() => get(`http://127.0.0.1:${port}/`)).toThrow(
      expect.objectContaining({
        name: 'ClientConnectorError',
        host: '127.0.0.1',
        port,
        cause: expect.objectContaining({ code: 'ECONNREFUSED' }),
      }),
    )
    expect(() => get('http://no.such.host.invalid/')).toThrow(
      expect.objectContaining({ name: 'ClientConnectorDNSError' }),
    )
    expect(() => get('no url')).toThrow(expect.objectContaining({ name: 'InvalidURL' }))
    expect(() => get('ftp://x/')).toThrow(expect.objectContaining({ name: 'NonHttpUrlError' }))
    expect(() => post(`${origin}/nothing`)).toThrow(
      expect.objectContaining({ name: 'ServerDisconnectedError' }),
    )
    expect(() => get(`${origin}/cut`)).toThrow(
      expect.objectContaining({
        name: 'ClientPayloadError',
        message: expect.stringContaining('expected 1000 bytes, got 1 bytes'),
      }),
    )
    expect(() => get(origin, { headers: { 'bad header': 'x' } })).toThrow('bad header')
  })

  test('in time is a timeout; it hangs up, and is ready for the next request', async () => {
    const hungUp = once(site, 'message')
    let error: unknown
    try {
      get(`${origin}/never`, { timeout: 50 })
    } catch (caught) {
      error = caught
    }
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({ name: 'ServerTimeoutError' })
    expect(textOf('/gzip')).toBe('inflated')
    expect(await hungUp).toEqual(['hung up'])
    expect(() => get(origin, { timeout: -1 })).toThrow(RangeError)
  })

  test('is asked for as long as checkCancelled lets it, then it hangs up', async () => {
    const hungUp = once(site, 'message')
    let calls = 0
    const checkCancelled = () => {
      calls += 1
      if (calls === 3) throw new RangeError('enough')
    }
    expect(() => get(`${origin}/never`, { checkCancelled })).toThrow(new RangeError('enough'))
    expect(calls).toBe(3)
    expect(await hungUp).toEqual(['hung up'])
  })
})

test('a change of protocol is no answer', () => {
  for (const ask of [() => get(`${origin}/switched`), () => get(`${origin}/switched`)]) {
    expect(ask).toThrow(/got a change of protocol \(101\)/)
  }
})

test('a choice that is left to the reader is an answer with its body', () => {
  expect(get(`${origin}/choices`)).toMatchObject({ status: 300, text: expect.any(Function) })
  expect(textOf('/choices')).toBe('choices')
})

test('cookies and headers that would end their header, or the body, are refused', () => {
  expect(() => get(`${origin}/echo`, { cookies: { a: '1; admin=1' } })).toThrow(RangeError)
  const headers = { 'Transfer-Encoding': 'chunked' }
  expect(() => post(`${origin}/echo`, { data: 'x', headers })).toThrow(/no Transfer-Encoding/)
})

test('options of TLS that can not travel to another thread are refused', () => {
  const ssl = { checkServerIdentity: () => undefined }
  expect(() => get(origin, { ssl })).toThrow(TypeError)
  expect(() => get(origin, { ssl })).toThrow(/another thread.*or use ClientSession/)
})
