import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import tls from 'node:tls'
import { elsewhere, localhost } from '@hocket/test-support'
import { expect, test } from 'vitest'
import { Target } from '../../src/base/target.ts'
import { proxyFromEnvironment } from '../../src/connector/proxy.ts'
import {
  BasicAuth,
  ClientConnectorCertificateError,
  ClientConnectorSSLError,
  ClientHttpProxyError,
  ClientProxyConnectionError,
  ClientSession,
  InvalidURL,
  type RequestOptions,
  ServerFingerprintMismatch,
  TCPConnector,
} from '../../src/index.ts'
import { runTest, startHttp, startHttps, startRaw, type TestServer } from '../support/servers.ts'

const fingerprint = new X509Certificate(localhost.cert).fingerprint256

async function ask(session: ClientSession, url: string, options?: RequestOptions): Promise<string> {
  await using response = await session.get(url, options)
  return await response.text()
}

test('certificates: refused, trusted by ca, unchecked, by fingerprint', async () => {
  await using server = await startHttps((_, response) => response.end('secret'), localhost)
  await runTest(async () => {
    await using session = new ClientSession()
    const get = async (options?: RequestOptions) => await ask(session, server.url, options)
    await expect(get()).rejects.toThrow(ClientConnectorCertificateError)
    await expect(get()).rejects.toMatchObject({ code: 'ERR_HTTP_CERTIFICATE', port: server.port })
    expect(await get({ ssl: { ca: localhost.cert } })).toBe('secret')
    expect(await get({ ssl: false })).toBe('secret')
    expect(await get({ fingerprint })).toBe('secret')
    expect(await get({ fingerprint: Buffer.from(fingerprint.replaceAll(':', ''), 'hex') })).toBe(
      'secret',
    )
    await expect(get({ fingerprint: '00'.repeat(32) })).rejects.toThrow(ServerFingerprintMismatch)
    await expect(get({ fingerprint: 'abc' })).rejects.toThrow(RangeError)
    // A connection that was not checked is not lent to somebody who wants it checked.
    await expect(get()).rejects.toThrow(ClientConnectorCertificateError)
    expect(session.connector.statistics().active).toBe(0)
  })
})

test('options of TLS that say the same share connections', async () => {
  await using server = await startHttps((_, response) => response.end('secret'), localhost)
  const other = () => undefined
  await runTest(async () => {
    await using session = new ClientSession()
    const get = async (ssl: RequestOptions['ssl']) => {
      await ask(session, server.url, { ssl })
      return server.connections()
    }
    expect(await get({ ca: localhost.cert })).toBe(1)
    expect(await get({ ca: localhost.cert })).toBe(1)
    expect(await get({ servername: undefined, ca: localhost.cert })).toBe(1)
    // Bytes that say it, a list, or a check that nobody can look into are something else.
    expect(await get({ ca: Buffer.from(localhost.cert) })).toBe(2)
    expect(await get({ ca: Buffer.from(localhost.cert) })).toBe(2)
    expect(await get({ ca: [localhost.cert] })).toBe(3)
    expect(await get({ ca: localhost.cert, checkServerIdentity: other })).toBe(4)
    expect(await get({ ca: localhost.cert, checkServerIdentity: other })).toBe(4)
    expect(await get({ ca: localhost.cert, checkServerIdentity: () => undefined })).toBe(5)
    expect(session.connector.statistics().idle).toBe(5)
  })
})

test('a fingerprint is checked on every connection, also where a session could go on', async () => {
  await using server = await startHttps((_, response) => response.end('secret'), localhost)
  await runTest(async () => {
    const connector = new TCPConnector({ forceClose: true })
    await using session = new ClientSession({ fingerprint, connector })
    for (let i = 0; i < 3; i++) expect(await ask(session, server.url)).toBe('secret')
  })
})

test('a key that is not that of the certificate is an error of TLS', async () => {
  await using server = await startHttps((_, response) => response.end('secret'), localhost)
  await runTest(async () => {
    await using session = new ClientSession({ ssl: { cert: localhost.cert, key: elsewhere.key } })
    await expect(async () => await ask(session, server.url)).rejects.toThrow(
      ClientConnectorSSLError,
    )
  })
})

test('a certificate of another name, and the name that is expected', async () => {
  await using server = await startHttps((_, response) => response.end('secret'), elsewhere)
  await runTest(async () => {
    await using session = new ClientSession({ ssl: { ca: elsewhere.cert } })
    await expect(async () => await ask(session, server.url)).rejects.toThrow(
      ClientConnectorCertificateError,
    )
    const named = await ask(session, server.url, { serverHostname: 'elsewhere.test' })
    expect(named).toBe('secret')
  })
})

test('plain HTTP where TLS was expected, and the other way round', async () => {
  await using plain = await startHttp((_, response) => response.end('ok'))
  await using secure = await startHttps((_, response) => response.end('ok'), localhost)
  await runTest(async () => {
    await using session = new ClientSession()
    const get = async (url: string) => await ask(session, url)
    await expect(get(plain.url.replace('http:', 'https:'))).rejects.toThrow(ClientConnectorSSLError)
    await expect(get(secure.url.replace('https:', 'http:'))).rejects.toMatchObject({
      name: expect.stringMatching(/ServerDisconnectedError|ClientPayloadError/),
    })
  })
})

/** A proxy that forwards and makes tunnels; `seen` has what it was asked. */
async function startProxy(seen: string[], wanted?: string): Promise<TestServer> {
  const server = await startRaw((socket) => inner.emit('connection', socket))
  const inner = http.createServer((request, response) => {
    seen.push(`${request.method} ${request.url} ${request.headers.host}`)
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      response.writeHead(407).end('who are you')
      return
    }
    const { method, headers, url } = request
    http
      .request(url ?? '', { method: method ?? 'GET', headers, agent: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 0, answer.headers)
        answer.pipe(response)
      })
      .end()
  })
  inner.on('connect', (request, socket) => {
    seen.push(`CONNECT ${request.url}`)
    if (wanted !== undefined && request.headers['proxy-authorization'] !== wanted) {
      socket.end('HTTP/1.1 407 Who Are You\r\nContent-Length: 0\r\n\r\n')
      return
    }
    const [host = '', port] = (request.url ?? '').split(':')
    const onward = net.connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connected\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    onward.on('error', () => socket.destroy())
    socket.on('error', () => onward.destroy())
    socket.on('close', () => onward.destroy())
  })
  return server
}

test('proxies: forwarded for http, a tunnel for https, with a password', async () => {
  await using plain = await startHttp((request, response) => {
    response.end(`${request.url} ${request.headers.host}`)
  })
  await using secure = await startHttps((_, response) => response.end('secret'), localhost)
  const seen: string[] = []
  const auth = new BasicAuth('me', 'p w')
  await using proxy = await startProxy(seen, auth.encode())
  await runTest(async () => {
    await using session = new ClientSession({
      proxy: proxy.url,
      proxyAuth: auth,
      ssl: { ca: localhost.cert },
    })
    const { host } = new URL(plain.url)
    expect(await ask(session, `${plain.url}/a?b`)).toBe(`/a?b ${host}`)
    expect(await ask(session, `${secure.url}/s`)).toBe('secret')
    expect(await ask(session, `${secure.url}/t`)).toBe('secret')
    expect(seen).toEqual([`GET ${plain.url}/a?b ${host}`, `CONNECT ${new URL(secure.url).host}`])
    // Around it, where a request says so.
    expect(await ask(session, `${plain.url}/c`, { proxy: null })).toBe(`/c ${host}`)
    // Its own name for the server goes on, as it does without a proxy.
    const headers = { Host: 'other.test' }
    expect(await ask(session, `${plain.url}/h`, { headers })).toBe('/h other.test')
    const inUrl = proxy.url.replace('//', '//me:p%20w@')
    await using second = new ClientSession()
    expect(await ask(second, `${plain.url}/d`, { proxy: inUrl })).toBe(`/d ${host}`)
    expect(seen.length).toBe(4)
  })
})

test('a proxy behind TLS: what is said of the server is said of it too, but for the name', async () => {
  await using plain = await startHttp((_, response) => response.end('open'))
  await using secure = await startHttps((_, response) => response.end('secret'), localhost)
  await using proxy = await startProxy([])
  const front = tls.createServer(localhost, (socket) => {
    const onward = net.connect(proxy.port, '127.0.0.1')
    socket.pipe(onward).pipe(socket)
    for (const one of [socket, onward])
      one.on('error', () => [socket, onward].map((s) => s.destroy()))
  })
  front.listen(0, '127.0.0.1')
  await once(front, 'listening')
  const { port } = front.address() as AddressInfo
  const through = { proxy: `https://127.0.0.1:${port}` }
  try {
    await runTest(async () => {
      await using session = new ClientSession({ ...through, ssl: { ca: localhost.cert } })
      expect(await ask(session, plain.url)).toBe('open')
      expect(await ask(session, secure.url)).toBe('secret')
      expect(await ask(session, plain.url, { serverHostname: 'x.test' })).toBe('open')
      expect(await ask(session, plain.url, { fingerprint: '00'.repeat(32) })).toBe('open')
      await using trusting = new ClientSession({ ...through, ssl: false })
      expect(await ask(trusting, secure.url)).toBe('secret')
      await using strict = new ClientSession(through)
      await expect(async () => await ask(strict, secure.url)).rejects.toThrow(
        ClientProxyConnectionError,
      )
    })
  } finally {
    front.close()
  }
})

test('what comes together with the agreement of a proxy is not lost', async () => {
  await using proxy = await startRaw((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\n\r\nthis is no handshake'))
  })
  await runTest(async () => {
    await using session = new ClientSession({ proxy: proxy.url.replace('tcp:', 'http:') })
    await expect(async () => await ask(session, 'https://example.test/')).rejects.toThrow(
      ClientConnectorSSLError,
    )
  })
})

test('proxies that refuse, and proxies that are not there', async () => {
  await using secure = await startHttps((_, response) => response.end('secret'), localhost)
  await using proxy = await startProxy([], 'Basic nobody')
  const gone = await startHttp(() => {})
  await gone[Symbol.asyncDispose]()
  await runTest(async () => {
    await using session = new ClientSession()
    const get = async (url: string, through: string) => await ask(session, url, { proxy: through })
    await expect(get(secure.url, proxy.url)).rejects.toThrow(ClientHttpProxyError)
    await expect(get(secure.url, proxy.url)).rejects.toMatchObject({ status: 407 })
    await expect(get(secure.url, gone.url)).rejects.toThrow(ClientProxyConnectionError)
    await expect(get('http://127.0.0.1:1/', gone.url)).rejects.toThrow(ClientProxyConnectionError)
    await expect(get(secure.url, 'socks5://127.0.0.1:1')).rejects.toThrow(InvalidURL)
    expect(() => new TCPConnector({ proxy: 'ftp://u:secret@x' })).toThrow(InvalidURL)
    expect(() => new TCPConnector({ proxy: 'ftp://u:secret@x' })).not.toThrow(/secret/)
    expect(session.connector.statistics().active).toBe(0)
  })
})

test('the proxy that the environment names', () => {
  const env = {
    http_proxy: 'http://p:1',
    HTTPS_PROXY: 'http://p:2',
    no_proxy: 'localhost, .intern,10.0.0.1:8080,[::1]',
  }
  const proxyFor = (url: string, from: NodeJS.ProcessEnv = env) =>
    proxyFromEnvironment(Target.parse(url), from)
  expect(proxyFor('http://example.org/')).toBe('http://p:1')
  expect(proxyFor('https://example.org/')).toBe('http://p:2')
  expect(proxyFor('http://localhost:8000/')).toBeNull()
  expect(proxyFor('http://www.intern/')).toBeNull()
  expect(proxyFor('http://intern/')).toBeNull()
  expect(proxyFor('http://printern/')).toBe('http://p:1')
  expect(proxyFor('http://10.0.0.1:8080/')).toBeNull()
  expect(proxyFor('http://10.0.0.1/')).toBe('http://p:1')
  expect(proxyFor('http://[::1]/')).toBeNull()
  expect(proxyFor('http://x/', { no_proxy: '*', http_proxy: 'http://p:1' })).toBeNull()
  expect(proxyFor('http://x/', { ALL_PROXY: 'http://all' })).toBe('http://all')
  expect(proxyFor('http://x/', {})).toBeNull()
  // A web server makes HTTP_PROXY of a request's header `Proxy`.
  expect(proxyFor('http://x/', { HTTP_PROXY: 'http://p', REQUEST_METHOD: 'GET' })).toBeNull()
})
