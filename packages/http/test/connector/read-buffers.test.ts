import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'
import { coroutine, gather } from 'hocket'
import { expect, test } from 'vitest'
import { ClientSession } from '../../src/index.ts'
import { runTest, startHttp } from '../support/servers.ts'

// What is read goes into memory that is used again. Whoever holds bytes must never see others in them.

/** Bytes of which no two parts are alike, and no two seeds either. */
function contentOf(bytes: number, seed: number): Buffer {
  const content = Buffer.allocUnsafe(bytes)
  let x = Math.imul(seed + 1, 2654435761)
  for (let i = 0; i < bytes; i++) {
    x = (Math.imul(x, 1664525) + 1013904223) | 0
    content[i] = x >>> 24
  }
  return content
}

const digest = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')

/** `/BYTES/SEED`; with `?chunked` in pieces of every size. */
async function answer(url: string, response: ServerResponse): Promise<void> {
  const [, bytes, seed] = new URL(url, 'http://x').pathname.split('/').map(Number)
  const content = contentOf(bytes as number, seed as number)
  if (!url.endsWith('?chunked')) {
    response.writeHead(200, { 'content-length': content.length, 'x-seed': String(seed) })
    response.end(content)
    return
  }
  response.writeHead(200, { 'x-seed': String(seed), trailer: 'x-after' })
  for (let at = 0, size = 1; at < content.length; at += size, size = (size * 7) % 90_001) {
    if (!response.write(content.subarray(at, at + size))) await setImmediate()
  }
  response.addTrailers({ 'x-after': 'the end' })
  response.end()
}

const serve = () => startHttp((request, response) => void answer(request.url ?? '', response))

const MB = 1024 * 1024

const readers = {
  readinto: async (session: ClientSession, url: string) => {
    await using response = await session.get(url)
    const hash = createHash('sha256')
    const buffer = new Uint8Array(50_001)
    for (;;) {
      const count = await response.content.readinto(buffer)
      if (count === 0) break
      hash.update(buffer.subarray(0, count))
    }
    return hash.digest('hex')
  },
  'pieces that are kept': async (session: ClientSession, url: string) => {
    await using response = await session.get(url)
    const pieces: Uint8Array[] = []
    for await (const piece of response.content.iterAny()) pieces.push(piece)
    return digest(Buffer.concat(pieces))
  },
  'both by turns': async (session: ClientSession, url: string) => {
    await using response = await session.get(url)
    const kept: Uint8Array[] = []
    for (let turn = 0; ; turn++) {
      if (turn % 3 === 0) {
        const buffer = new Uint8Array(20_000)
        kept.push(buffer.subarray(0, await response.content.readinto(buffer)))
      } else kept.push(await response.content.read(turn % 3 === 1 ? 7 : 70_000))
      if (kept.at(-1)?.length === 0) return digest(Buffer.concat(kept))
    }
  },
  'read()': async (session: ClientSession, url: string) => {
    await using response = await session.get(url)
    return digest(await response.read())
  },
}

test.each(['', '?chunked'])('bodies stay what they are, however they are read%s', async (query) => {
  await using server = await serve()
  await runTest(async () => {
    await using session = new ClientSession()
    const one = coroutine(async (seed: number) => {
      const [name, read] = Object.entries(readers)[seed % 4] as [string, typeof readers.readinto]
      const bytes = [3 * MB + 17, 100_000, 64 * 1024, 65 * 1024 + 3, 40_000, 12][seed % 6] as number
      const got = await read(session, `${server.url}/${bytes}/${seed}${query}`)
      return `${name} ${seed}: ${got === digest(contentOf(bytes, seed))}`
    })
    const results = await gather(Array.from({ length: 48 }, (_, seed) => one(seed)))
    expect(results.filter((result) => !result.endsWith(': true'))).toEqual([])
  })
})

test('headers stay what they are when another body is read into their memory', async () => {
  await using server = await serve()
  await runTest(async () => {
    await using session = new ClientSession()
    await using kept = await session.get(`${server.url}/200000/5`)
    const buffer = new Uint8Array(64 * 1024)
    while ((await kept.content.readinto(buffer)) > 0);
    await readers.readinto(session, `${server.url}/${4 * MB}/6`)
    expect(kept.headers.get('x-seed')).toBe('5')
    expect(kept.rawHeaders).toContain('200000')
  })
})

test('a trace may keep the chunks that it is told of', async () => {
  await using server = await serve()
  await runTest(async () => {
    const chunks: Uint8Array[] = []
    await using session = new ClientSession({
      traceConfigs: [
        { onResponseChunkReceived: (_session, _context, { chunk }) => void chunks.push(chunk) },
      ],
    })
    const url = `${server.url}/${2 * MB}/3`
    expect(await readers.readinto(session, url)).toBe(digest(contentOf(2 * MB, 3)))
    expect(digest(Buffer.concat(chunks))).toBe(digest(contentOf(2 * MB, 3)))
  })
})
