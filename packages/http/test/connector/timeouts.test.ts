import { createTask, sleep, TimeoutError } from 'hocket'
import { expect, test } from 'vitest'
import {
  ConnectionTimeoutError,
  ServerTimeoutError,
  SocketTimeoutError,
} from '../../src/errors/connection-errors.ts'
import { ClientError, ClientSession, TCPConnector } from '../../src/index.ts'
import { runTest, startHttp } from '../support/servers.ts'

const never = () => new Promise<never>(() => {})
const nothing = { active: 0, queued: 0, idle: 0 }

test('total is over while waiting for headers', async () => {
  await using server = await startHttp(() => {})
  await runTest(async () => {
    await using session = new ClientSession({ timeout: { total: 30 } })
    const error: unknown = await (async () => await session.get(server.url))().catch((e) => e)
    expect(error).toBeInstanceOf(ServerTimeoutError)
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toBeInstanceOf(ClientError)
    expect(error).toMatchObject({ code: 'ERR_HTTP_TIMEOUT' })
    expect(session.connector.statistics()).toEqual(nothing)
    await server.allClosed()
  })
})

test('total is over while the body is read, and while it is not', async () => {
  await using server = await startHttp((_, response) => {
    response.write('a')
  })
  await runTest(async () => {
    await using session = new ClientSession({ timeout: 40 })
    await using response = await session.get(server.url)
    await expect(async () => await response.read()).rejects.toThrow(ServerTimeoutError)
    await using second = await session.get(server.url)
    await sleep(60)
    await expect(async () => await second.read()).rejects.toThrow(ServerTimeoutError)
    expect(session.connector.statistics()).toEqual(nothing)
  })
})

test('total counts the wait for a place', async () => {
  await using server = await startHttp(() => {})
  await runTest(async () => {
    await using connector = new TCPConnector({ limit: 1 })
    await using session = new ClientSession({ connector, timeout: null })
    const first = createTask(session.get(server.url))
    await sleep(1)
    await expect(
      async () => await session.get(server.url, { timeout: { total: 20 } }),
    ).rejects.toThrow(ServerTimeoutError)
    expect(connector.statistics()).toEqual({ active: 1, queued: 0, idle: 0 })
    await expect(
      async () => await session.get(server.url, { timeout: { connect: 20 } }),
    ).rejects.toThrow(ConnectionTimeoutError)
    expect(connector.statistics()).toEqual({ active: 1, queued: 0, idle: 0 })
    first.cancel()
  })
})

test('total ends what a middleware and a retry wait for, and then the body', async () => {
  let count = 0
  await using server = await startHttp((_, response) => {
    count += 1
    if (count === 1) response.writeHead(503).end()
    else response.write('a')
  })
  await runTest(async () => {
    const slow = async () => {
      await sleep(10_000)
      throw new Error('never')
    }
    await using session = new ClientSession()
    await expect(
      async () => await session.get(server.url, { middlewares: [slow], timeout: 20 }),
    ).rejects.toThrow(ServerTimeoutError)
    const retry = { attempts: 2, backoff: { base: 1 } }
    await using response = await session.get(server.url, { retry, timeout: 100 })
    expect(response.status).toBe(200)
    await expect(async () => await response.read()).rejects.toThrow(ServerTimeoutError)
  })
})

test('sockConnect is over while connecting, connect too', async () => {
  await runTest(async () => {
    await using connector = new TCPConnector({ resolver: never })
    await using session = new ClientSession({ connector })
    const get = async (timeout: object) => await session.get('http://slow.test/', { timeout })
    await expect(get({ sockConnect: 20 })).rejects.toThrow(ConnectionTimeoutError)
    await expect(get({ connect: 20 })).rejects.toThrow(ConnectionTimeoutError)
    await expect(get({ connect: 20_000, sockConnect: 20 })).rejects.toThrow(/sockConnect/)
    await expect(get({ connect: 20, sockConnect: 20_000 })).rejects.toThrow(/\(connect\)/)
    expect(connector.statistics()).toEqual(nothing)
  })
})

test('sockRead is over when nothing comes, and not while something does', async () => {
  await using server = await startHttp((request, response) => {
    if (request.url === '/silent') return
    let left = 10
    const drip = setInterval(() => {
      response.write('.')
      left -= 1
      if (left > 0) return
      clearInterval(drip)
      if (request.url === '/end') response.end()
    }, 20)
  })
  await runTest(async () => {
    await using session = new ClientSession({ timeout: { sockRead: 400 } })
    await expect(async () => await session.get(`${server.url}/silent`)).rejects.toThrow(
      SocketTimeoutError,
    )
    await using whole = await session.get(`${server.url}/end`)
    expect(await whole.text()).toBe('.'.repeat(10))
    await using stops = await session.get(`${server.url}/stops`)
    const got: number[] = []
    await expect(async () => {
      for await (const piece of stops.content.iterAny()) got.push(piece.length)
    }).rejects.toThrow(SocketTimeoutError)
    expect(got.length).toBe(10)
  })
})

test('a server that is held back by a slow reader is not silent', async () => {
  await using server = await startHttp((_, response) => {
    response.end(Buffer.alloc(8_000_000))
  })
  await runTest(async () => {
    await using session = new ClientSession({ timeout: { sockRead: 50 } })
    await using response = await session.get(server.url)
    await response.content.readexactly(1)
    await sleep(200)
    expect((await response.read()).length).toBe(7_999_999)
  })
})

test('times that make no sense are refused', () => {
  expect(() => new ClientSession({ timeout: { total: -1 } })).toThrow(RangeError)
  expect(() => new ClientSession({ timeout: Number.NaN })).toThrow(RangeError)
})
