import { readFile } from 'node:fs/promises'
import { run } from 'hocket'
import { describe, expect, test } from 'vitest'
import { type DownloadOptions, download, NetworkError } from '../../src/index.ts'
import {
  contentOf,
  type FileServer,
  type Quirk,
  serveFile,
  sha256,
} from '../fixtures/file-server.ts'
import { makeFolder, type TestFolder } from '../fixtures/folder.ts'
import { startServer } from '../fixtures/server.ts'

const MEBIBYTE = 1024 * 1024
const SIZE = 70 * MEBIBYTE + 12_345
const CONTENT = contentOf(SIZE)

async function fetched(folder: TestFolder, server: FileServer, options: DownloadOptions = {}) {
  return await run(
    download(server.url, {
      folder: folder.inside,
      backoff: { base: 0, cap: 0 },
      connections: 3,
      durable: false,
      ...options,
    }),
  )
}

/** The ranges that were asked for, by their beginnings. */
function starts(server: FileServer): number[] {
  return server.requests
    .flatMap(({ range }) => (range === undefined ? [] : [Number(/\d+/.exec(range)?.[0])]))
    .sort((a, b) => a - b)
}

describe('a large file', () => {
  test('is read by several connections, each with the same proof', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(CONTENT)
    const { path, attempts } = await fetched(folder, server, {
      checksum: `sha-256=${sha256(CONTENT)}`,
      sha256: true,
    })
    expect((await readFile(path)).equals(CONTENT)).toBe(true)
    expect(attempts).toBe(1)
    expect(server.requests.length).toBeGreaterThanOrEqual(3)
    for (const { range, ifRange } of server.requests.slice(1)) {
      expect(range).toMatch(/^bytes=\d+-\d+$/)
      expect(ifRange).toBe('"v1"')
    }
    // No piece twice.
    expect(new Set(starts(server)).size).toBe(starts(server).length)
    expect(await folder.names()).toEqual(['file.bin'])
  })

  test('is not put together of what two servers have, to which a third one leads in turn', async () => {
    const folder = await makeFolder()
    await using one = await serveFile(CONTENT)
    await using other = await serveFile(contentOf(SIZE, 2))
    let count = 0
    await using front = await startServer((_, response) => {
      response.writeHead(302, { location: count++ % 2 === 0 ? one.url : other.url }).end()
    })
    const { path, attempts } = await run(
      download(`${front.origin}/file.bin`, {
        folder: folder.inside,
        connections: 3,
        durable: false,
      }),
    )
    expect(sha256(await readFile(path))).toBe(sha256(CONTENT))
    expect(other.requests.length).toBeGreaterThan(0)
    expect(attempts).toBe(1)
  })

  test.each([
    ['one connection is asked for', { connections: 1 }, {}],
    ['it is not large enough', { splitFrom: SIZE + 1 }, {}],
    ['the server says that it has no ranges', {}, { headers: { 'accept-ranges': 'none' } }],
    ['the server does not say that it has ranges', {}, { headers: { 'accept-ranges': null } }],
    ['there is no strong validator', {}, { headers: { etag: 'W/"v1"' } }],
  ] as [string, DownloadOptions, Quirk][])('is read by one if %s', async (_, options, quirk) => {
    const folder = await makeFolder()
    await using server = await serveFile(CONTENT, () => quirk)
    const { path } = await fetched(folder, server, options)
    expect(server.requests).toHaveLength(1)
    expect((await readFile(path)).equals(CONTENT)).toBe(true)
  })

  test('is whole though the server gives no ranges after all', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(CONTENT, () => ({ ignoresRange: true }))
    const { path, attempts } = await fetched(folder, server)
    expect(attempts).toBe(1)
    expect((await readFile(path)).equals(CONTENT)).toBe(true)
  })

  test('is whole though a piece is cut, refused or answered by an error', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(CONTENT, (count) => {
      if (count === 2) return { cutAfter: 1_000_000 }
      if (count === 3) return { status: 503 }
      return {}
    })
    const { path } = await fetched(folder, server)
    expect((await readFile(path)).equals(CONTENT)).toBe(true)
    expect(await folder.names()).toEqual(['file.bin'])
  })

  test('is read whole again if a piece is not the range that was asked for', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(CONTENT, (_, request) =>
      request.headers.range === undefined
        ? {}
        : { headers: { 'content-range': `bytes 0-9/${SIZE}` }, body: Buffer.alloc(10) },
    )
    const { path, attempts } = await fetched(folder, server)
    expect(attempts).toBe(2)
    expect((await readFile(path)).equals(CONTENT)).toBe(true)
  })

  test('that changes while its pieces are read is read anew, and none of the old is left', async () => {
    const folder = await makeFolder()
    const other = contentOf(SIZE, 9)
    await using server = await serveFile(CONTENT, (count) => {
      // Everything after the first answer is of the new version.
      if (count === 2) Object.assign(server, { content: other, etag: '"v2"' })
      return {}
    })
    const { path, attempts } = await fetched(folder, server)
    expect(attempts).toBe(2)
    expect((await readFile(path)).equals(other)).toBe(true)
  })

  test('that broke off with holes goes on in pieces', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(CONTENT, (count) =>
      count <= 3 ? { cutAfter: 5_000_000 } : {},
    )
    await expect(fetched(folder, server, { retries: 0 })).rejects.toBeInstanceOf(NetworkError)
    const sidecar = JSON.parse(await readFile(`${folder.inside}/file.bin.part.json`, 'utf8')) as {
      done: [number, number][]
    }
    expect(sidecar.done.length).toBeGreaterThanOrEqual(2)
    const had = sidecar.done.reduce((sum, [start, end]) => sum + end - start, 0)
    const before = server.sent
    const { path, resumed } = await fetched(folder, server)
    expect(resumed).toBe(had)
    expect((await readFile(path)).equals(CONTENT)).toBe(true)
    // Nothing that was there came again, but for what the first connection had read on.
    expect(server.sent - before).toBeLessThan(2 * SIZE)
  })
})

describe('a checksum', () => {
  test('that does not hold leaves nothing', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(contentOf(2_000_000))
    const wrong = `sha-256=${'0'.repeat(64)}`
    await expect(fetched(folder, server, { checksum: wrong })).rejects.toMatchObject({
      code: 'ERR_DOWNLOAD_CHECKSUM',
      errorClass: 'integrity',
      actual: sha256(server.content),
    })
    expect(server.requests).toHaveLength(1)
    expect(await folder.names()).toEqual([])
  })

  test('of a small file is looked at, too', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(Buffer.from('hello'))
    const md5 = 'md5=5d41402abc4b2a76b9719d911017c592'
    const { sha256: made } = await fetched(folder, server, { checksum: md5, sha256: true })
    expect(made).toBe(sha256(Buffer.from('hello')))
    await expect(
      fetched(folder, server, { checksum: md5.replace('5d', '00') }),
    ).rejects.toMatchObject({ code: 'ERR_DOWNLOAD_CHECKSUM' })
    expect(await folder.names()).toEqual(['file.bin'])
  })

  test('that fails for a file put together from two tries is given a whole one', async () => {
    const folder = await makeFolder()
    const content = contentOf(3_000_000)
    // A server whose ETag says less than it should.
    await using server = await serveFile(contentOf(3_000_000, 5), (count) => {
      if (count > 1) server.content = content
      return count === 1 ? { cutAfter: 2_000_000 } : {}
    })
    const { path, attempts } = await fetched(folder, server, {
      checksum: `sha-256=${sha256(content)}`,
    })
    expect(attempts).toBe(3)
    expect((await readFile(path)).equals(content)).toBe(true)
  })
})

describe('mirrors', () => {
  test('are tried in turn; one that has no such file is not asked again', async () => {
    const folder = await makeFolder()
    const content = contentOf(3_000_000)
    await using gone = await serveFile(content, () => ({ status: 404 }))
    await using good = await serveFile(content, (count) =>
      count === 1 ? { cutAfter: 2_000_000 } : {},
    )
    const { path, attempts, url } = await fetched(folder, gone, { mirrors: [good.url] })
    expect(attempts).toBe(3)
    expect(url).toBe(good.url)
    expect(gone.requests).toHaveLength(1)
    expect(good.requests[1]?.range).toBe(`bytes=2000000-2999999`)
    expect((await readFile(path)).equals(content)).toBe(true)
  })

  test('are not spliced though they call different files the same', async () => {
    const folder = await makeFolder()
    await using one = await serveFile(contentOf(3_000_000, 1), () => ({ cutAfter: 2_000_000 }))
    await using other = await serveFile(contentOf(3_000_000, 2))
    const { path } = await fetched(folder, one, { mirrors: [other.url] })
    expect((await readFile(path)).equals(other.content)).toBe(true)
  })

  test('are not spliced with what another run has left', async () => {
    const folder = await makeFolder()
    await using one = await serveFile(contentOf(3_000_000, 1), (count) =>
      count === 1 ? { cutAfter: 2_000_000 } : { status: 404 },
    )
    await using other = await serveFile(contentOf(3_000_000, 2))
    const mirrors = [other.url]
    await expect(fetched(folder, one, { mirrors, retries: 0 })).rejects.toThrow(/the end/)
    const { path } = await fetched(folder, one, { mirrors })
    expect((await readFile(path)).equals(other.content)).toBe(true)
  })

  test('go on for one another where a checksum has the last word', async () => {
    const folder = await makeFolder()
    const content = contentOf(3_000_000)
    await using one = await serveFile(content, () => ({ cutAfter: 2_000_000 }))
    await using other = await serveFile(content)
    const checksum = `sha-256=${sha256(content)}`
    const { path } = await fetched(folder, one, { mirrors: [other.url], checksum })
    expect(other.requests[0]?.range).toBe('bytes=2000000-2999999')
    expect((await readFile(path)).equals(content)).toBe(true)
  })

  test('with another version are not spliced', async () => {
    const folder = await makeFolder()
    await using one = await serveFile(contentOf(3_000_000, 1), () => ({ cutAfter: 2_000_000 }))
    await using other = await serveFile(contentOf(3_000_000, 2))
    other.etag = '"other"'
    const { path } = await fetched(folder, one, { mirrors: [other.url] })
    expect((await readFile(path)).equals(other.content)).toBe(true)
  })
})
