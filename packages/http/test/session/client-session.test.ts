import type { IncomingMessage } from 'node:http'
import zlib from 'node:zlib'
import { coroutine, createTask, sleep, use } from 'hocket'
import { expect, test } from 'vitest'
import {
  BasicAuth,
  type ClientRequest,
  ClientResponseError,
  ClientSession,
  CookieJar,
  InvalidURL,
  MultipartForm,
  NonHttpUrlError,
  RedirectError,
  type RequestHandler,
  TCPConnector,
  TooManyRedirects,
} from '../../src/index.ts'
import { type Reply, runTest, startHttp } from '../support/servers.ts'

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

/** Says what it was asked. */
const echo: Reply = (request, response) => {
  bodyOf(request).then(
    (body) => {
      const { method, url, headers } = request
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ method, url, headers, body }))
    },
    () => {},
  )
}

interface Echo {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}

test('a request in both spellings gives status, headers and body', async () => {
  await using server = await startHttp((_, response) => {
    response.writeHead(201, 'Made', {
      'X-Thing': 'a',
      'Content-Type': 'text/plain; charset=latin1',
    })
    response.end(Buffer.from('caf\u00e9', 'latin1'))
  })
  await runTest(async () => {
    await using session = new ClientSession()
    await using response = await session.get(`${server.url}/a?b#c`)
    expect(response.status).toBe(201)
    expect(response.statusText).toBe('Made')
    expect(response.ok).toBe(true)
    expect(response.headers.get('x-thing')).toBe('a')
    expect(response.rawHeaders.slice(0, 2)).toEqual(['X-Thing', 'a'])
    expect(response.contentType).toBe('text/plain')
    expect(response.charset).toBe('latin1')
    expect(response.url.href).toBe(`${server.url}/a?b`)
    expect(response.realUrl.href).toBe(`${server.url}/a?b#c`)
    expect(await response.text()).toBe('café')
    expect(Buffer.from(await response.read()).toString('latin1')).toBe('café')

    const generator = coroutine(function* () {
      const second = yield* use(session.get(server.url))
      return yield* second.text()
    })
    expect(await generator()).toBe('café')
  })
})

test('the verbs, parameters, headers and bodies arrive as they were meant', async () => {
  await using server = await startHttp(echo)
  await runTest(async () => {
    await using session = new ClientSession({
      baseUrl: `${server.url}/api/`,
      headers: { 'X-Session': '1', 'X-Both': 'session' },
      userAgent: 'me',
    })
    const ask = coroutine(async (made: ReturnType<ClientSession['get']>) => {
      await using response = await made
      return await response.json<Echo>()
    })
    const got = await ask(
      session.get('things?x=1', {
        params: { a: 'b c', list: [1, true], none: null },
        headers: { 'X-Both': 'request' },
      }),
    )
    expect(got.method).toBe('GET')
    expect(got.url).toBe('/api/things?x=1&a=b+c&list=1&list=true')
    expect(got.headers).toMatchObject({
      'x-session': '1',
      'x-both': 'request',
      'user-agent': 'me',
      accept: '*/*',
      'accept-encoding': `gzip, deflate, br${'createZstdDecompress' in zlib ? ', zstd' : ''}`,
    })
    expect((await ask(session.get('p', { params: 'raw=1%202' }))).url).toBe('/api/p?raw=1%202')

    const posted = await ask(session.post('x', { json: { a: [1] } }))
    expect(posted.body).toBe('{"a":[1]}')
    expect(posted.headers['content-type']).toBe('application/json')
    const form = await ask(session.put('x', { data: { a: '1', b: [2, 3] } }))
    expect([form.method, form.body]).toEqual(['PUT', 'a=1&b=2&b=3'])
    expect(form.headers['content-type']).toBe('application/x-www-form-urlencoded')
    const text = await ask(session.patch('x', { data: 'hé' }))
    expect([text.method, text.body, text.headers['content-length']]).toEqual(['PATCH', 'hé', '3'])
    const bytes = await ask(session.delete('x', { data: Buffer.from('raw') }))
    expect([bytes.method, bytes.body]).toEqual(['DELETE', 'raw'])
    const none = await ask(session.post('x'))
    expect([none.body, none.headers['content-length']]).toEqual(['', '0'])
    expect((await ask(session.options('x'))).method).toBe('OPTIONS')
    expect((await ask(session.request('post', 'x'))).method).toBe('POST')
    await using head = await session.head('x')
    expect([head.status, (await head.read()).length]).toEqual([200, 0])
  })
})

test('streams are sent in chunks, from what runs as a task of the loop', async () => {
  await using server = await startHttp(echo)
  await runTest(async () => {
    await using session = new ClientSession()
    async function* slowly() {
      yield 'one '
      await sleep(1)
      yield Buffer.from('two')
    }
    await using response = await session.post(server.url, { data: slowly() })
    const got = await response.json<Echo>()
    expect(got.body).toBe('one two')
    expect(got.headers['transfer-encoding']).toBe('chunked')

    await using zipped = await session.post(server.url, { data: 'x'.repeat(100), compress: 'gzip' })
    expect((await zipped.json<Echo>()).headers['content-encoding']).toBe('gzip')
  })
})

test('an error in the body of a request is what the request throws', async () => {
  await using server = await startHttp(echo)
  await runTest(async () => {
    await using session = new ClientSession()
    async function* failing() {
      yield 'one'
      throw new Error('out of paper')
    }
    await expect(async () => await session.post(server.url, { data: failing() })).rejects.toThrow(
      'out of paper',
    )
    expect(session.connector.statistics()).toEqual({ active: 0, queued: 0, idle: 0 })
  })
})

test('forms with files are multipart; with a length where nothing is a stream', async () => {
  await using server = await startHttp(echo)
  await runTest(async () => {
    await using session = new ClientSession()
    const form = new FormData()
    form.set('name "x"', 'a\nb')
    form.set('file', new Blob(['bytes'], { type: 'text/x' }), 'f"1".txt')
    await using response = await session.post(server.url, { data: form })
    const got = await response.json<Echo>()
    const [, boundary] = /boundary=(.+)$/.exec(got.headers['content-type'] ?? '') ?? []
    expect(got.body).toBe(
      [
        `--${boundary}`,
        'Content-Disposition: form-data; name="name %22x%22"',
        '',
        'a\r\nb',
        `--${boundary}`,
        'Content-Disposition: form-data; name="file"; filename="f%221%22.txt"',
        'Content-Type: text/x',
        '',
        'bytes',
        `--${boundary}--`,
        '',
      ].join('\r\n'),
    )
    expect(got.headers['content-length']).toBe(String(Buffer.byteLength(got.body)))

    const streams = new MultipartForm().addField(
      'f',
      (async function* () {
        yield 'streamed'
      })(),
      { filename: 's' },
    )
    await using second = await session.post(server.url, { data: streams })
    const sent = await second.json<Echo>()
    expect(sent.headers['transfer-encoding']).toBe('chunked')
    expect(sent.body).toContain('\r\n\r\nstreamed\r\n')
  })
})

test('redirects are followed with their history, and cookies are kept from each hop', async () => {
  await using server = await startHttp((request, response) => {
    const { url = '' } = request
    if (url === '/1') response.writeHead(302, { location: '/2', 'set-cookie': 'one=1' }).end('gone')
    else if (url === '/2') response.writeHead(303, { location: '3', 'set-cookie': 'two=2' }).end()
    else response.end(`${request.method} ${request.headers.cookie}`)
  })
  await runTest(async () => {
    await using session = new ClientSession({ cookieJar: new CookieJar({ unsafe: true }) })
    await using response = await session.post(`${server.url}/1`, {
      data: 'x',
      cookies: { own: '0' },
    })
    expect(await response.text()).toBe('GET one=1; two=2; own=0')
    expect(response.history.map(({ status }) => status)).toEqual([302, 303])
    expect(response.history[0]?.cookies).toEqual(new Map([['one', '1']]))
    expect(response.url.pathname).toBe('/3')
    // A small body on the way does not cost its connection.
    expect(server.connections()).toBe(1)

    await using direct = await session.get(`${server.url}/1`, { allowRedirects: false })
    expect([direct.status, direct.history.length]).toEqual([302, 0])
  })
})

test('redirects that can not be followed are errors, and leave nothing open', async () => {
  await using server = await startHttp((request, response) => {
    const to = request.url === '/ftp' ? 'ftp://example.org/' : '/round'
    response.writeHead(request.url === '/again' ? 307 : 302, { location: to }).end('x')
  })
  await runTest(async () => {
    await using session = new ClientSession({ maxRedirects: 3 })
    const get = async (path: string) => await session.get(`${server.url}${path}`)
    await expect(get('/round')).rejects.toThrow(TooManyRedirects)
    await expect(get('/ftp')).rejects.toThrow(RedirectError)
    const data = (async function* () {
      yield 'once'
    })()
    await expect(async () => await session.post(`${server.url}/again`, { data })).rejects.toThrow(
      RedirectError,
    )
    expect(session.connector.statistics().active).toBe(0)
  })
})

test('passwords of the session and of the URL are sent, and stay with their server', async () => {
  await using other = await startHttp(echo)
  await using server = await startHttp((request, response) => {
    if (request.url === '/away') response.writeHead(302, { location: `${other.url}/` }).end()
    else echo(request, response)
  })
  await runTest(async () => {
    const auth = new BasicAuth('me', 'secret')
    await using session = new ClientSession({ auth })
    await using response = await session.get(server.url)
    expect((await response.json<Echo>()).headers['authorization']).toBe(auth.encode())
    const named = server.url.replace('//', '//you:p%40ss@')
    await using second = await session.get(named)
    expect((await second.json<Echo>()).headers['authorization']).toBe(
      new BasicAuth('you', 'p@ss').encode(),
    )
    expect(second.url.href).not.toContain('you')
    await using third = await session.get(`${server.url}/away`)
    expect((await third.json<Echo>()).headers['authorization']).toBeUndefined()
  })
})

test('raiseForStatus: by hand, for all, by a function', async () => {
  await using server = await startHttp((_, response) => {
    response.writeHead(404, 'Not Here').end('nothing')
  })
  await runTest(async () => {
    await using session = new ClientSession()
    await using response = await session.get(server.url)
    expect(response.ok).toBe(false)
    expect(() => response.raiseForStatus()).toThrow(ClientResponseError)
    await expect(
      async () => await session.get(server.url, { raiseForStatus: true }),
    ).rejects.toMatchObject({
      name: 'ClientResponseError',
      code: 'ERR_HTTP_STATUS',
      status: 404,
      statusText: 'Not Here',
      requestInfo: { method: 'GET' },
    })
    const raiseForStatus = async ({ status }: { status: number }) => {
      throw new Error(`mine: ${status}`)
    }
    await expect(async () => await session.get(server.url, { raiseForStatus })).rejects.toThrow(
      'mine: 404',
    )
    expect(session.connector.statistics().active).toBe(0)
  })
})

test('middlewares stand around each hop, the first one outermost, and may answer again', async () => {
  await using server = await startHttp((request, response) => {
    if (request.url === '/from') response.writeHead(302, { location: '/to' }).end()
    else response.end(`${request.headers['x-order']}`)
  })
  await runTest(async () => {
    const seen: string[] = []
    const outer = async (request: ClientRequest, handler: RequestHandler) => {
      seen.push(`outer ${request.url.pathname}`)
      request.headers.set('x-order', 'outer')
      return await handler(request)
    }
    const inner = function* (request: ClientRequest, handler: RequestHandler) {
      seen.push('inner')
      request.headers.set('x-order', `${request.headers.get('x-order')},inner`)
      return yield* handler(request)
    }
    await using session = new ClientSession({ middlewares: [outer, inner as never] })
    await using response = await session.get(`${server.url}/from`)
    expect(await response.text()).toBe('outer,inner')
    expect(seen).toEqual(['outer /from', 'inner', 'outer /to', 'inner'])
    await using plain = await session.get(`${server.url}/to`, { middlewares: [] })
    expect(await plain.text()).toBe('undefined')
  })
})

test('retries by the policy of the session', async () => {
  let asked = 0
  await using server = await startHttp((_, response) => {
    asked += 1
    response.writeHead(asked < 3 ? 503 : 200).end(`${asked}`)
  })
  await runTest(async () => {
    await using session = new ClientSession({ retry: { attempts: 5, backoff: { base: 1 } } })
    await using response = await session.get(server.url)
    expect([response.status, await response.text()]).toEqual([200, '3'])
    expect(session.connector.statistics().active).toBe(0)
  })
})

test('what is no URL is refused before anything is sent', async () => {
  await runTest(async () => {
    await using session = new ClientSession()
    const get = async (url: string) => await session.get(url)
    await expect(get('/relative')).rejects.toThrow(InvalidURL)
    await expect(get('ftp://example.org/')).rejects.toThrow(NonHttpUrlError)
    await expect(
      async () => await session.get('http://127.0.0.1:1/', { headers: { 'X-A': 'a\r\nX-B: b' } }),
    ).rejects.toThrow(TypeError)
    await expect(
      async () => await session.get('http://127.0.0.1:1/', { cookies: { a: '1; admin=1' } }),
    ).rejects.toThrow(/expected the value of the cookie a/)
    expect(() => new ClientSession({ baseUrl: 'http://a/b' })).toThrow(InvalidURL)
    expect(session.connector.statistics().active).toBe(0)
  })
})

test.each(['http://me:secret@ho st/', 'ftp://me:secret@host/', '//me:secret@host/'])(
  'the error of %j shows no password',
  async (url) => {
    await runTest(async () => {
      await using session = new ClientSession()
      const error = await coroutine(async () => await session.get(url))().then(
        () => null,
        (caught) => caught as InvalidURL,
      )
      expect(error).toBeInstanceOf(InvalidURL)
      expect(`${error?.message} ${error?.url}`).toMatch(/host|ho st/)
      expect(`${error?.message} ${error?.url}`).not.toContain('secret')
    })
  },
)

test('a closed session refuses, and closes what is under way', async () => {
  await using server = await startHttp(() => {})
  await runTest(async () => {
    const session = new ClientSession()
    const task = createTask(session.get(server.url))
    while (server.open() === 0) await sleep(1)
    await session.close()
    await expect(async () => await task).rejects.toThrow(/closed/)
    await server.allClosed()
    expect(session.closed).toBe(true)
    expect(() => session.get(server.url)).toThrow(/session is closed/)
  })
})

test('closing also ends who waits for a place', async () => {
  await using server = await startHttp(() => {})
  await runTest(async () => {
    const connector = new TCPConnector({ limit: 1 })
    await using session = new ClientSession({ connector })
    const tasks = [1, 2, 3].map(() => createTask(session.get(server.url)))
    while (connector.statistics().queued < 2 || server.open() === 0) await sleep(1)
    await connector.close()
    for (const task of tasks) {
      await expect(async () => await task).rejects.toThrow(/closed/)
    }
    expect(connector.statistics()).toEqual({ active: 0, queued: 0, idle: 0 })
    await expect(async () => await session.get(server.url)).rejects.toThrow(/connector is closed/)
  })
})
