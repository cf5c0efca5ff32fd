import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import zlib from 'node:zlib'
import { createTask, getRunningLoop, sleep } from 'hocket'
import { expect, test } from 'vitest'
import {
  ClientConnectionError,
  ClientPayloadError,
  ClientSession,
  ContentTypeError,
} from '../../src/index.ts'
import { type Reply, runTest, Signal, startHttp, startRaw } from '../support/servers.ts'

const text = 'The quick brown fox. '.repeat(5000)

const hasZstd = 'zstdCompressSync' in zlib
const zstdCompress = (data: string): Buffer =>
  (zlib as unknown as { zstdCompressSync(data: string): Buffer }).zstdCompressSync(data)

const encodings: Record<string, (data: string) => Buffer> = {
  gzip: (data) => zlib.gzipSync(data),
  deflate: (data) => zlib.deflateSync(data),
  raw: (data) => zlib.deflateRawSync(data),
  br: (data) => zlib.brotliCompressSync(data),
  ...(hasZstd ? { zstd: zstdCompress } : {}),
  'br, gzip': (data) => zlib.gzipSync(zlib.brotliCompressSync(data)),
}

/** `/gzip?cut=5`: encoded by gzip, without its last 5 bytes. */
const encoded: Reply = (request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
  const name = decodeURIComponent(pathname.slice(1))
  const body = encodings[name]?.(text) ?? Buffer.from(text)
  response.setHeader('content-encoding', name === 'raw' ? 'deflate' : name)
  response.end(body.subarray(0, body.length - Number(searchParams.get('cut') ?? 0)))
}

test.each(Object.keys(encodings))(
  'a body that is encoded by %s is handed out decoded',
  async (name) => {
    await using server = await startHttp(encoded)
    await runTest(async () => {
      await using session = new ClientSession()
      const url = `${server.url}/${encodeURIComponent(name)}`
      await using response = await session.get(url)
      expect(await response.text()).toBe(text)
      await using pieces = await session.get(url)
      let length = 0
      for await (const piece of pieces.iterChunked(1000)) length += piece.length
      expect(length).toBe(text.length)
      expect(session.connector.statistics()).toEqual({ active: 0, queued: 0, idle: 1 })
    })
  },
)

test('an encoding can be left alone, and an unknown one is', async () => {
  await using server = await startHttp(encoded)
  await runTest(async () => {
    await using session = new ClientSession()
    await using raw = await session.get(`${server.url}/gzip`, { decompress: false })
    expect(String(zlib.gunzipSync(await raw.read()))).toBe(text)
    await using unknown = await session.get(`${server.url}/snappy`)
    expect(await unknown.text()).toBe(text)
  })
})

test('a body that can not be decoded is a ClientPayloadError', async () => {
  await using server = await startHttp((request, response) => {
    if (request.url !== '/garbage') return encoded(request, response)
    response.setHeader('content-encoding', 'gzip').end('this is no gzip')
  })
  await runTest(async () => {
    await using session = new ClientSession()
    for (const path of ['/garbage', '/gzip?cut=10', '/br?cut=3', '/deflate?cut=8']) {
      await using response = await session.get(`${server.url}${path}`)
      await expect(async () => await response.read()).rejects.toThrow(ClientPayloadError)
    }
    expect(session.connector.statistics().active).toBe(0)
  })
})

test('what stands behind the end of a coding holds up no connection', async () => {
  let sendRest = () => {}
  await using server = await startHttp((_, response) => {
    response.setHeader('content-encoding', 'br')
    response.write(zlib.brotliCompressSync('all of it'))
    sendRest = () => response.end(Buffer.alloc(3_000_000, 'x'))
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const response = await session.get(server.url)
    expect(String(await response.content.readAny())).toBe('all of it')
    sendRest()
    expect((await response.content.read()).length).toBe(0)
    while (session.connector.statistics().active > 0) await sleep(1)
    expect(response.closed).toBe(true)
  })
})

test('a transfer that is coded unasked is decoded, whoever asks', async () => {
  const zipped = zlib.gzipSync(text)
  await using server = await startRaw((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n')
      socket.write(`${zipped.length.toString(16)}\r\n`)
      socket.write(zipped)
      socket.end('\r\n0\r\n\r\n')
    })
  })
  await runTest(async () => {
    await using session = new ClientSession()
    for (const decompress of [true, false]) {
      await using response = await session.get(server.url, { decompress })
      expect(await response.text()).toBe(text)
    }
  })
})

test('a transfer that is coded in an unknown way is a ClientPayloadError', async () => {
  await using server = await startRaw((socket) => {
    socket.once('data', () => {
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: compress, chunked\r\n\r\n')
      socket.end('3\r\nabc\r\n0\r\n\r\n')
    })
  })
  await runTest(async () => {
    await using session = new ClientSession()
    await using response = await session.get(server.url)
    await expect(async () => await response.read()).rejects.toThrow(ClientPayloadError)
  })
})

test('answers without a body have none, whatever their headers say', async () => {
  await using server = await startHttp((request, response) => {
    response.setHeader('content-encoding', 'gzip')
    if (request.url === '/204') response.writeHead(204)
    if (request.url === '/304') response.writeHead(304)
    // How long it would be with one, as RFC 9110 8.6 allows.
    if (request.url === '/304-length') response.writeHead(304, { 'content-length': '100' })
    response.end()
  })
  await runTest(async () => {
    await using session = new ClientSession()
    for (const path of ['/204', '/304', '/304-length', '/empty']) {
      await using response = await session.get(`${server.url}${path}`)
      expect((await response.read()).length).toBe(0)
    }
    await using head = await session.head(server.url)
    expect((await head.read()).length).toBe(0)
  })
})

test('a slow reader holds the server back: memory stays small', async () => {
  let sent = 0
  await using server = await startHttp((_, response) => {
    const piece = Buffer.alloc(256 * 1024)
    const more = () => {
      while (sent < 64 * 1024 * 1024) {
        sent += piece.length
        if (!response.write(piece)) {
          response.once('drain', more)
          return
        }
      }
      response.end()
    }
    more()
  })
  await runTest(async () => {
    await using session = new ClientSession()
    await using response = await session.get(server.url)
    await response.content.readexactly(1)
    let before = -1
    // What fits into the buffers of the system has been sent when nothing more is.
    while (before !== sent) {
      before = sent
      await sleep(50)
    }
    expect(sent).toBeLessThan(32 * 1024 * 1024)
    let length = 1
    for await (const piece of response.content.iterAny()) length += piece.length
    expect(length).toBe(64 * 1024 * 1024)
  })
})

test('JSON: by its type, by any type, and what is none', async () => {
  await using server = await startHttp((request, response) => {
    response.setHeader('content-type', (request.url ?? '').slice(1)).end('{"a":"é"}')
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const get = async (type: string) => await session.get(`${server.url}/${type}`)
    for (const type of ['application/json', 'application/problem+json;charset=utf-8']) {
      await using response = await get(type)
      expect(await response.json()).toEqual({ a: 'é' })
    }
    await using html = await get('text/html')
    await expect(async () => await html.json()).rejects.toThrow(ContentTypeError)
    await using any = await get('text/html')
    expect(await any.json({ contentType: null })).toEqual({ a: 'é' })
    await using exact = await get('text/html')
    expect(await exact.json({ contentType: 'text/html' })).toEqual({ a: 'é' })
  })
})

test('a small rest is drained when a response is left, a large one costs its connection', async () => {
  const finish = new Signal<() => void>()
  await using server = await startHttp((request, response) => {
    const length = request.url === '/small' ? 1000 : 10_000_000
    response.setHeader('content-length', length)
    response.write(Buffer.alloc(500))
    finish.tell(() => response.end(Buffer.alloc(length - 500)))
  })
  await runTest(async () => {
    await using session = new ClientSession()
    {
      await using _ = await session.get(`${server.url}/small`)
    }
    expect(session.connector.statistics()).toEqual({ active: 1, queued: 0, idle: 0 })
    ;(await finish.wait())()
    while (session.connector.statistics().active > 0) await sleep(1)
    expect(session.connector.statistics()).toEqual({ active: 0, queued: 0, idle: 1 })
    {
      await using _ = await session.get(`${server.url}/large`)
    }
    expect(session.connector.statistics()).toEqual({ active: 0, queued: 0, idle: 0 })
    await server.allClosed()
  })
})

test('what was closed can not be read; what had come to its end can', async () => {
  await using server = await startHttp((request, response) => {
    response.write('part')
    if (request.url === '/whole') response.end()
  })
  await runTest(async () => {
    await using session = new ClientSession()
    const closed = await session.get(server.url)
    closed.close()
    expect(closed.closed).toBe(true)
    await expect(async () => await closed.read()).rejects.toThrow(ClientConnectionError)
    const whole = await session.get(`${server.url}/whole`)
    await whole.read()
    whole.close()
    whole.release()
    expect(await whole.text()).toBe('part')
    const reading = await session.get(server.url)
    const task = createTask(reading.read())
    await sleep(0)
    reading.close()
    await expect(async () => await task).rejects.toThrow(/closed before its end/)
  })
})

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

test('a response that is forgotten is reported, and closed', async () => {
  await using server = await startHttp((_, response) => {
    response.write('part')
  })
  await runTest(async () => {
    const reports: string[] = []
    getRunningLoop().setExceptionHandler((_, { message }) => reports.push(message))
    await using session = new ClientSession()
    const forget = async () => {
      const response = await session.get(server.url)
      expect(response.status).toBe(200)
    }
    await forget()
    while (reports.length === 0) {
      await sleep(5)
      collect()
    }
    expect(reports).toEqual([expect.stringContaining('was forgotten without close()')])
    expect(session.connector.statistics().active).toBe(0)
    await server.allClosed()
  })
})
