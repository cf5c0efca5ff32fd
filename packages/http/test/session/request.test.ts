import { coroutine, createTask, sleep, use } from 'hocket'
import { expect, test } from 'vitest'
import { ClientConnectionError, request, TCPConnector } from '../../src/index.ts'
import { runTest, Signal, startHttp } from '../support/servers.ts'

test('a request by itself gives an answer, and leaves no connection', async () => {
  await using server = await startHttp((_, response) => response.end('hello'))
  await runTest(async () => {
    await using response = await request('GET', server.url)
    expect(await response.text()).toBe('hello')
    await server.allClosed()
    const inGenerator = coroutine(function* () {
      const response = yield* use(request('get', server.url, { userAgent: 'me' }))
      return yield* response.text()
    })
    expect(await inGenerator()).toBe('hello')
    await server.allClosed()
    expect(server.connections()).toBe(2)
  })
})

test('a body is read to its end, and its connection closed with the response', async () => {
  let sendRest = () => {}
  await using server = await startHttp((request, response) => {
    response.write('one ')
    sendRest = () => response.end('two')
    if (request.url === '/large') sendRest = () => response.end(Buffer.alloc(10_000_000))
  })
  await runTest(async () => {
    await using response = await request('GET', server.url)
    expect(String(await response.content.readAny())).toBe('one ')
    sendRest()
    expect(await response.text()).toBe('two')
    await server.allClosed()
    const large = await request('GET', `${server.url}/large`)
    large.close()
    await server.allClosed()
  })
})

test('cookies of a redirect go along with it', async () => {
  await using server = await startHttp((request, response) => {
    if (request.url === '/end') response.end(request.headers.cookie)
    else response.writeHead(302, { location: '/end', 'set-cookie': 'id=1' }).end()
  })
  await runTest(async () => {
    const url = server.url.replace('127.0.0.1', 'localhost')
    await using response = await request('GET', url, { connector: new TCPConnector({ family: 4 }) })
    expect(await response.text()).toBe('id=1')
  })
})

test('failed or cancelled, it leaves nothing; a connector that is given stays', async () => {
  const asked = new Signal()
  await using server = await startHttp(() => asked.tell())
  await runTest(async () => {
    await expect(async () => await request('GET', 'http://127.0.0.1:1/')).rejects.toThrow(
      ClientConnectionError,
    )
    await using connector = new TCPConnector()
    const task = createTask(request('GET', server.url, { connector }))
    await asked.wait()
    task.cancel()
    await expect(async () => await task).rejects.toMatchObject({ name: 'CancelledError' })
    await server.allClosed()
    await sleep(0)
    expect(connector.closed).toBe(false)
    expect(connector.statistics()).toEqual({ active: 0, queued: 0, idle: 0 })
  })
})
