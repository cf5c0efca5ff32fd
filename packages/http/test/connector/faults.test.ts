import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sleep } from 'hocket'
import { expect, test } from 'vitest'
import {
  ClientConnectionResetError,
  ClientConnectorDNSError,
  ClientConnectorError,
  ClientPayloadError,
  ClientSession,
  ServerDisconnectedError,
  TCPConnector,
} from '../../src/index.ts'
import { runTest, startHttp, startRaw } from '../support/servers.ts'

const head = (text: string) => `HTTP/1.1 200 OK\r\n${text}\r\n\r\n`

/** A server that says `bytes` to every request, and then what `then` does. */
async function saying(bytes: string, then: 'end' | 'reset' | 'wait' = 'end') {
  return await startRaw((socket) => {
    socket.once('data', () => {
      socket.write(bytes, () => {
        if (then === 'end') socket.end()
        else if (then === 'reset') socket.resetAndDestroy()
      })
    })
  })
}

/** What reading the answer throws; the request itself, if there is none. */
async function failureOf(session: ClientSession, url: string): Promise<unknown> {
  try {
    await using response = await session.get(url)
    return Buffer.from(await response.read()).toString()
  } catch (error) {
    return error
  } finally {
    expect(session.connector.statistics().active).toBe(0)
  }
}

test.each([
  ['cut before its length', `${head('Content-Length: 10')}12345`, 'end'],
  ['reset before its length', `${head('Content-Length: 10')}12345`, 'reset'],
  ['cut between chunks', `${head('Transfer-Encoding: chunked')}5\r\nhello\r\n`, 'end'],
  ['cut inside a chunk', `${head('Transfer-Encoding: chunked')}ff\r\nhello`, 'reset'],
  ['a chunk without a size', `${head('Transfer-Encoding: chunked')}zz\r\nhello`, 'wait'],
] as const)('a body that is %s is a ClientPayloadError', async (_, bytes, then) => {
  await using server = await saying(bytes, then)
  await runTest(async () => {
    await using session = new ClientSession()
    const error = await failureOf(session, server.url)
    expect(error).toBeInstanceOf(ClientPayloadError)
    expect(error).toMatchObject({ code: 'ERR_HTTP_PAYLOAD' })
    await server.allClosed()
  })
})

test('what had come before a body was cut is read, and then the error is thrown', async () => {
  await using server = await saying(`${head('Content-Length: 10')}12345`)
  await runTest(async () => {
    await using session = new ClientSession()
    await using response = await session.get(server.url)
    const got: string[] = []
    await expect(async () => {
      for await (const piece of response.content.iterChunked(2)) got.push(String(piece))
    }).rejects.toThrow(/expected 10 bytes, got 5/)
    expect(Buffer.concat(got.map((text) => Buffer.from(text))).toString()).toBe('12345')
  })
})

test('a body that goes to the end of the connection needs no length', async () => {
  await using server = await saying('HTTP/1.0 200 OK\r\n\r\nall of it')
  await runTest(async () => {
    await using session = new ClientSession()
    expect(await failureOf(session, server.url)).toBe('all of it')
  })
})

test.each([
  ['a garbage status line', 'SSH-2.0-OpenSSH_9\r\n\r\n', 'wait'],
  ['two lengths', `${head('Content-Length: 1\r\nContent-Length: 2')}ab`, 'wait'],
  ['a header without a colon', `${head('oops')}`, 'wait'],
  ['endless headers', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`, 'wait'],
] as const)('%s is a ClientPayloadError, at once', async (_, bytes, then) => {
  await using server = await saying(bytes, then)
  await runTest(async () => {
    await using session = new ClientSession()
    expect(await failureOf(session, server.url)).toBeInstanceOf(ClientPayloadError)
    await server.allClosed()
  })
})

test.each([
  ['closes', 'end'],
  ['resets', 'reset'],
] as const)('a server that %s without an answer is a ServerDisconnectedError', async (_, then) => {
  await using server = await saying('', then)
  await runTest(async () => {
    await using session = new ClientSession()
    expect(await failureOf(session, server.url)).toBeInstanceOf(ServerDisconnectedError)
  })
})

test('a server that closes a kept connection is asked once more, for what may be repeated', async () => {
  let asked = 0
  await using server = await startRaw((socket) => {
    let answers = 0
    socket.on('data', () => {
      asked += 1
      answers += 1
      if (answers === 1) socket.write(`${head('Content-Length: 2')}ok`)
      // The second request of each connection finds nobody.
      else socket.destroy()
    })
  })
  await runTest(async () => {
    await using session = new ClientSession()
    for (let i = 0; i < 3; i += 1) {
      await using response = await session.get(server.url)
      expect(await response.text()).toBe('ok')
    }
    expect([asked, server.connections()]).toEqual([5, 3])
    await expect(async () => await session.post(server.url, { data: 'x' })).rejects.toThrow(
      ServerDisconnectedError,
    )
    expect(asked).toBe(6)
  })
})

test('nor is a body that can be sent again lost with a kept connection', async () => {
  const got: string[] = []
  await using server = await startRaw((socket) => {
    let answers = 0
    socket.on('data', (bytes) => {
      got.push(String(bytes).split(' ', 1)[0] as string)
      answers += 1
      if (answers === 1) socket.write(`${head('Content-Length: 2')}ok`)
      else socket.resetAndDestroy()
    })
  })
  await runTest(async () => {
    await using session = new ClientSession()
    for (let i = 0; i < 2; i += 1) {
      await using response = await session.put(server.url, { data: 'small' })
      expect(await response.text()).toBe('ok')
    }
    expect(got).toEqual(['PUT', 'PUT', 'PUT'])
    await expect(async () => await session.post(server.url, { data: 'x' })).rejects.toThrow(
      ClientConnectionResetError,
    )
    expect(got).toEqual(['PUT', 'PUT', 'PUT', 'POST'])
  })
})

test('who refuses, and who is not there, by name', async () => {
  const gone = await startHttp(() => {})
  await gone[Symbol.asyncDispose]()
  await runTest(async () => {
    const resolver = async (host: string) => {
      if (host === 'no.test') {
        throw Object.assign(new Error('getaddrinfo ENOTFOUND no.test'), { code: 'ENOTFOUND' })
      }
      return []
    }
    await using session = new ClientSession({ connector: new TCPConnector({ resolver }) })
    const refused = await failureOf(session, gone.url)
    expect(refused).toBeInstanceOf(ClientConnectorError)
    expect(refused).toMatchObject({
      code: 'ERR_HTTP_CONNECT',
      host: '127.0.0.1',
      port: gone.port,
      cause: { code: 'ECONNREFUSED' },
    })
    const unknown = await failureOf(session, 'http://no.test/')
    expect(unknown).toBeInstanceOf(ClientConnectorDNSError)
    expect(unknown).toMatchObject({ host: 'no.test', port: 80 })
    expect(await failureOf(session, 'http://empty.test/')).toBeInstanceOf(ClientConnectorDNSError)
  })
})

test('the addresses of a host are asked for once, and tried in turn', async () => {
  await using server = await startHttp((_, response) => {
    response.setHeader('connection', 'close').end('ok')
  })
  await runTest(async () => {
    const asked: string[] = []
    const events: string[] = []
    const resolver = async (host: string) => {
      asked.push(host)
      return [{ address: '127.0.0.1', family: 4 as const }]
    }
    const connector = new TCPConnector({ resolver })
    const note = (name: string) => () => events.push(name)
    await using session = new ClientSession({
      connector,
      traceConfigs: [
        {
          onDnsCacheHit: note('hit'),
          onDnsCacheMiss: note('miss'),
          onDnsResolvehostStart: note('start'),
          onDnsResolvehostEnd: note('end'),
        },
      ],
    })
    const url = `http://here.test:${server.port}/`
    for (let i = 0; i < 2; i += 1) expect(await failureOf(session, url)).toBe('ok')
    expect(asked).toEqual(['here.test'])
    expect(events).toEqual(['miss', 'start', 'end', 'hit'])
    connector.clearDnsCache('here.test')
    expect(await failureOf(session, url)).toBe('ok')
    expect(asked.length).toBe(2)
  })
})

test('a Unix socket', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hocket-http-'))
  const socketPath = join(folder, 's')
  try {
    await using server = await startHttp(
      (request, response) => response.end(request.headers.host),
      { socketPath },
    )
    await runTest(async () => {
      await using session = new ClientSession({ connector: new TCPConnector({ socketPath }) })
      expect(await failureOf(session, 'http://docker/info')).toBe('docker')
      expect(server.connections()).toBe(1)
      const missing = new TCPConnector({ socketPath: join(folder, 'none') })
      await using lost = new ClientSession({ connector: missing })
      expect(await failureOf(lost, 'http://docker/')).toMatchObject({
        name: 'ClientConnectorError',
        host: join(folder, 'none'),
        port: 0,
      })
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('limits: in all, and for each host, first come, first served', async () => {
  const atOnce = new Map<string, number>()
  const most = new Map<string, number>()
  const order: string[] = []
  const note = (key: string, change: number) => {
    const now = (atOnce.get(key) ?? 0) + change
    atOnce.set(key, now)
    most.set(key, Math.max(now, most.get(key) ?? 0))
  }
  const serve = (name: string) =>
    startHttp((request, response) => {
      order.push(`${name}${request.url}`)
      note(name, 1)
      note('all', 1)
      setTimeout(() => {
        note(name, -1)
        note('all', -1)
        response.end('ok')
      }, 2)
    })
  await using a = await serve('a')
  await using b = await serve('b')
  await runTest(async () => {
    const { gather } = await import('hocket')
    await using connector = new TCPConnector({ limit: 3, limitPerHost: 2 })
    await using session = new ClientSession({ connector })
    const get = async (url: string) => {
      await using response = await session.get(url)
      await response.read()
    }
    const urls = Array.from({ length: 20 }, (_, i) => `${(i % 2 === 0 ? a : b).url}/${i}`)
    await gather(urls.map((url) => () => get(url)))
    expect(most.get('a')).toBe(2)
    expect(most.get('b')).toBe(2)
    expect(most.get('all')).toBe(3)
    const ofA = order.filter((one) => one.startsWith('a')).map((one) => Number(one.slice(2)))
    expect(ofA).toEqual([...ofA].sort((x, y) => x - y))
  })
})

test('connections are kept and used again; not those that the server closes, nor by forceClose', async () => {
  await using server = await startHttp((request, response) => {
    if (request.url === '/close') response.setHeader('connection', 'close')
    response.end('ok')
  })
  await runTest(async () => {
    await using session = new ClientSession()
    for (let i = 0; i < 5; i += 1) expect(await failureOf(session, server.url)).toBe('ok')
    expect(server.connections()).toBe(1)
    for (let i = 0; i < 3; i += 1)
      expect(await failureOf(session, `${server.url}/close`)).toBe('ok')
    expect(server.connections()).toBe(3)
    const connector = new TCPConnector({ forceClose: true })
    await using each = new ClientSession({ connector })
    for (let i = 0; i < 3; i += 1) expect(await failureOf(each, server.url)).toBe('ok')
    expect(server.connections()).toBe(6)
    const short = new TCPConnector({ keepaliveTimeout: 20 })
    await using forgetful = new ClientSession({ connector: short })
    expect(await failureOf(forgetful, server.url)).toBe('ok')
    expect(short.statistics().idle).toBe(1)
    while (short.statistics().idle > 0) await sleep(5)
  })
})
