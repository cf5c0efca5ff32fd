import { createServer as createPlainServer } from 'node:net'
import { createTask, Event, once, run } from 'hocket'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWebSocket } from '../../src/websocket/open-websocket.ts'
import { connectTo, planFor, Site } from './support.ts'

let site: Site

beforeEach(async () => {
  site = await new Site().start()
})

afterEach(() => site[Symbol.asyncDispose]())

test('sends headers and protocols, and gives the headers of the answer', async () => {
  const asked = new Promise<Record<string, unknown>>((resolve) => {
    site.wss.once('headers', (headers: string[], request) => {
      headers.push('X-Answer: 42', 'Set-Cookie: a=1', 'Set-Cookie: b=2')
      resolve({ url: request.url, ...request.headers })
    })
  })
  await run(async () => {
    const headers = [
      'Authorization',
      'Basic x',
      'X-List',
      '1',
      'x-list',
      '2',
      'Origin',
      'http://here',
    ]
    const changes = { headers, protocols: ['chat', 'superchat'] }
    await using ws = await connectTo(site, changes)
    expect([ws.protocol, ws.headers.get('x-answer'), ws.headers.getSetCookie()]).toEqual([
      'chat',
      '42',
      ['a=1', 'b=2'],
    ])
  })
  expect(await asked).toMatchObject({
    url: '/chat',
    authorization: 'Basic x',
    'x-list': '1, 2',
    origin: 'http://here',
    'sec-websocket-protocol': 'chat,superchat',
  })
})

test('tells of a server that does not agree', async () => {
  site.server.removeAllListeners('upgrade')
  site.server.on('upgrade', (_, socket) => {
    socket.end('HTTP/1.1 302 Elsewhere\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n')
  })
  const handshake = await run(openWebSocket(planFor(site.origin)))
  expect(handshake).toMatchObject({
    socket: null,
    status: 302,
    statusText: 'Elsewhere',
    error: null,
  })
  expect(handshake.headers.get('location')).toBe('/other')
})

test('tells what is wrong with one that agrees badly', async () => {
  site.server.removeAllListeners('upgrade')
  site.server.on('upgrade', (_, socket) => {
    socket.write(
      'HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n',
    )
  })
  const handshake = await run(openWebSocket(planFor(site.origin)))
  expect(handshake).toMatchObject({
    socket: null,
    status: 101,
    error: { message: 'Invalid Sec-WebSocket-Accept header' },
  })
})

test('names what keeps it from connecting', async () => {
  const { origin } = site
  await site[Symbol.asyncDispose]()
  await expect(run(openWebSocket(planFor(origin)))).rejects.toMatchObject({
    name: 'ClientConnectorError',
    host: '127.0.0.1',
  })
  await site.start()
  site.server.removeAllListeners('upgrade')
  site.server.on('upgrade', (_, socket) => socket.destroy())
  await expect(run(openWebSocket(planFor(site.origin)))).rejects.toMatchObject({
    name: 'ServerDisconnectedError',
  })
})

test('cancelled, hangs up at once: during the handshake, and while it connects', async () => {
  const silent = createPlainServer()
  await run(async () => {
    silent.listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    const connected = once<[import('node:net').Socket]>(silent, 'connection')
    const task = createTask(openWebSocket(planFor(`http://127.0.0.1:${port}/`)))
    const [socket] = await connected
    socket.resume()
    const hungUp = once(socket, 'close')
    task.cancel()
    await expect(task).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
    await hungUp

    const destroyed = new Event()
    const asked = new Event()
    const connect = () => {
      asked.set()
      return { destroy: () => destroyed.set() }
    }
    const waiting = createTask(openWebSocket(planFor('http://127.0.0.1:9/', { connect })))
    await asked.wait()
    waiting.cancel()
    await expect(waiting).rejects.toThrow(expect.objectContaining({ name: 'CancelledError' }))
    await destroyed.wait()
  })
  silent.close()
})
