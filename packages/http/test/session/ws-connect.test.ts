import { once } from 'node:events'
import { createServer } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { localhost } from '@hocket/test-support'
import { createTask, Event, sleep } from 'hocket'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import {
  BasicAuth,
  ClientConnectionError,
  ClientSession,
  CookieJar,
  WSMsgType,
} from '../../src/index.ts'
import { runTest, startHttp } from '../support/servers.ts'
import { Site } from '../websocket/support.ts'

let site: Site
const asked: { url: string; headers: Record<string, string> }[] = []

beforeEach(async () => {
  asked.length = 0
  site = await new Site().start()
  site.wss.on('connection', (socket, { url, headers }) => {
    asked.push({ url: url as string, headers: headers as Record<string, string> })
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }))
  })
})

afterEach(() => site[Symbol.asyncDispose]())

test('talks in the words of the session: base URL, headers, cookies, passwords', async () => {
  site.wss.on('headers', (headers) => headers.push('Set-Cookie: b=2; Path=/'))
  await runTest(async () => {
    const cookieJar = new CookieJar({ unsafe: true })
    cookieJar.updateCookies({ a: '1' })
    await using session = new ClientSession({
      baseUrl: `${site.origin}/base/`,
      headers: { 'x-ours': 'yes' },
      auth: new BasicAuth('user', 'pass'),
      cookieJar,
    })
    const options = { params: { q: 'x y' }, cookies: { c: '3' }, origin: 'http://here.example' }
    await using ws = await session.wsConnect('chat', options)
    await ws.sendStr('hello')
    expect(await ws.receiveStr()).toBe('hello')
    expect(ws.url.href).toBe(`${site.origin.replace('http', 'ws')}/base/chat?q=x+y`)
    expect(asked[0]).toMatchObject({
      url: '/base/chat?q=x+y',
      headers: {
        'x-ours': 'yes',
        cookie: 'a=1; c=3',
        origin: 'http://here.example',
        authorization: new BasicAuth('user', 'pass').encode(),
        'user-agent': 'hocket-http',
      },
    })
    expect(cookieJar.cookieHeader(site.origin)).toBe('b=2; a=1')
  })
})

test('takes ws: URLs with a name and a password in them', async () => {
  await runTest(async () => {
    await using session = new ClientSession()
    const url = site.origin.replace('http://', 'ws://user:pass@')
    await using ws = await session.wsConnect(new URL(url))
    expect(ws.url.href).not.toContain('pass')
    expect(asked[0]?.headers['authorization']).toBe(new BasicAuth('user', 'pass').encode())
    await expect(async () => await session.wsConnect('ftp://x/')).rejects.toMatchObject({
      name: 'NonHttpUrlError',
    })
  })
})

test('follows redirects, and takes no password along to somebody else', async () => {
  await using redirecting = await new Site().start()
  redirecting.server.removeAllListeners('upgrade')
  redirecting.server.on('upgrade', (_, socket) => {
    socket.end(`HTTP/1.1 307 Go\r\nLocation: ${site.origin}/there\r\n\r\n`)
  })
  await runTest(async () => {
    await using session = new ClientSession({ auth: new BasicAuth('user', 'pass') })
    await using ws = await session.wsConnect(redirecting.origin)
    expect(ws.url.pathname).toBe('/there')
    expect(asked[0]?.headers).not.toHaveProperty('authorization')
    const limited = session.wsConnect(redirecting.origin, { maxRedirects: 0 })
    await expect(limited).rejects.toMatchObject({ name: 'TooManyRedirects', status: 307 })
  })
})

test('a refusal has the status of the server', async () => {
  await using server = await startHttp((_, response) => {
    response.writeHead(403, 'No', { 'x-why': 'because' }).end()
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const error = await session.wsConnect(server.url).then(null, (error: unknown) => error)
    expect(error).toMatchObject({ name: 'WSServerHandshakeError', status: 403, statusText: 'No' })
    expect((error as { headers: Headers }).headers.get('x-why')).toBe('because')
    const requestInfo = (error as { requestInfo: { url: URL } }).requestInfo
    expect(requestInfo.url.href).toBe(`${server.url}/`)
  })
})

test('the handshake has a time limit, and hangs up', async () => {
  await using server = await startHttp(() => {})
  await runTest(async () => {
    await using session = new ClientSession()
    const late = session.wsConnect(server.url, { timeout: 30 })
    await expect(late).rejects.toMatchObject({ name: 'ConnectionTimeoutError' })
    await using quick = new ClientSession({ timeout: 30 })
    await expect(quick.wsConnect(server.url)).rejects.toMatchObject({
      name: 'ConnectionTimeoutError',
    })
    await expect(quick.wsConnect(server.url, { heartbeat: 0 })).rejects.toThrow(RangeError)
  })
  await server.allClosed()
})

test('ends with its session, which can not open another', async () => {
  await runTest(async () => {
    const session = new ClientSession()
    const ws = await session.wsConnect(site.origin)
    const receiving = createTask(ws.receive())
    const gone = once(site.last, 'close')
    await sleep(0)
    await session.close()
    expect((await receiving).type).toBe(WSMsgType.CLOSING)
    expect((await gone)[0]).toBe(1006)
    expect(() => session.wsConnect(site.origin)).toThrow('the session is closed')
  })
})

test('being opened, ends with its session', async () => {
  await using server = await startHttp(() => {})
  await runTest(async () => {
    const session = new ClientSession()
    const opening = createTask(session.wsConnect(server.url))
    while (server.connections() === 0) await sleep(1)
    await session.close()
    await expect(async () => await opening).rejects.toThrow(ClientConnectionError)
  })
  await server.allClosed()
})

test('speaks TLS, and knows whom it trusts', async () => {
  const server = createHttps(localhost).listen(0, '127.0.0.1')
  const wss = new WebSocketServer({ server })
  wss.on('connection', (socket) => socket.send('safe'))
  await once(server, 'listening')
  const url = `wss://localhost:${(server.address() as AddressInfo).port}/`
  try {
    await runTest(async () => {
      await using session = new ClientSession()
      await expect(session.wsConnect(url)).rejects.toMatchObject({
        name: 'ClientConnectorCertificateError',
      })
      await using ws = await session.wsConnect(url, { ssl: { ca: localhost.cert } })
      expect([await ws.receiveStr(), ws.url.protocol]).toEqual(['safe', 'wss:'])
    })
  } finally {
    for (const client of wss.clients) client.terminate()
    server.close()
  }
})

test('goes through the tunnel of a proxy', async () => {
  const tunnels: string[] = []
  const proxy = createServer().listen(0, '127.0.0.1')
  proxy.on('connect', (request, socket) => {
    tunnels.push(String(request.url))
    const { hostname, port } = new URL(`http://${request.url}`)
    const onward = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    socket.on('error', () => onward.destroy())
    onward.on('error', () => socket.destroy())
  })
  await once(proxy, 'listening')
  const { port } = proxy.address() as AddressInfo
  try {
    await runTest(async () => {
      await using session = new ClientSession({ proxy: `http://127.0.0.1:${port}` })
      await using ws = await session.wsConnect(site.origin)
      await ws.sendStr('through')
      expect(await ws.receiveStr()).toBe('through')
      expect(tunnels).toEqual([new URL(site.origin).host])
    })
  } finally {
    proxy.close()
  }
})

test('cancelled while it waits for the answer, hangs up', async () => {
  const arrived = new Event()
  await using silent = await new Site().start()
  silent.server.removeAllListeners('upgrade')
  silent.server.on('upgrade', (_, socket) => {
    socket.resume()
    arrived.set()
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const task = createTask(session.wsConnect(silent.origin))
    await arrived.wait()
    const hungUp = once(silent.sockets[0] as never, 'end')
    task.cancel()
    await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
    await hungUp
  })
})
