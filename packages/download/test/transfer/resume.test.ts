import { readFile, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { CancelledError, createTask, run } from 'hocket'
import { describe, expect, test } from 'vitest'
import {
  ChangedError,
  DownloadError,
  type DownloadEvent,
  type Downloaded,
  type DownloadOptions,
  download,
  IntegrityError,
  NetworkError,
} from '../../src/index.ts'
import {
  contentOf,
  type FileServer,
  type Quirk,
  serveFile,
  sha256,
} from '../fixtures/file-server.ts'
import { makeFolder, type TestFolder } from '../fixtures/folder.ts'
import { startServer, type TestServer } from '../fixtures/server.ts'

const SIZE = 3_000_000
const V1 = contentOf(SIZE, 1)
const V2 = contentOf(SIZE, 2)
const CUT = 2_000_000

const manyRanges = Array.from({ length: 2000 }, (_, i) => [2 * i, 2 * i + 1])

const fast = { backoff: { base: 0, cap: 0 } }

async function fetched(
  folder: TestFolder,
  server: FileServer,
  options: DownloadOptions = {},
): Promise<Downloaded> {
  return await run(download(server.url, { folder: folder.inside, ...fast, ...options }))
}

/** A download that breaks off, and stays to be resumed. */
async function breakOff(folder: TestFolder, server: FileServer): Promise<void> {
  await expect(fetched(folder, server, { retries: 0 })).rejects.toThrow(/got \d+ bytes and the end/)
  expect(await folder.names()).toEqual(['file.bin.part', 'file.bin.part.json'])
}

const cutFirst = (count: number): Quirk => (count === 1 ? { cutAfter: CUT } : {})

describe('a download that broke off', () => {
  test('goes on where it was, with proof, in the same run', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    const result = await fetched(folder, server)
    expect(result).toMatchObject({ attempts: 2, bytes: SIZE, httpStatus: 206, resumed: 0 })
    expect(server.requests).toEqual([
      { range: undefined, ifRange: undefined, encoding: 'identity' },
      { range: `bytes=${CUT}-${SIZE - 1}`, ifRange: '"v1"', encoding: 'identity' },
    ])
    expect((await readFile(result.path)).equals(V1)).toBe(true)
    expect(await folder.names()).toEqual(['file.bin'])
  })

  test('goes on in another run', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    await breakOff(folder, server)
    const events: DownloadEvent[] = []
    const result = await fetched(folder, server, { onEvent: (event) => events.push(event) })
    expect(result).toMatchObject({ attempts: 1, resumed: CUT })
    expect(server.requests[1]).toMatchObject({ range: `bytes=${CUT}-${SIZE - 1}` })
    expect(events[1]).toMatchObject({ type: 'response', status: 206, size: SIZE, resumed: CUT })
    expect((await readFile(result.path)).equals(V1)).toBe(true)
    expect(await folder.names()).toEqual(['file.bin'])
  })

  test('goes on after a cancellation', async () => {
    const folder = await makeFolder()
    let never = () => {}
    const stalled = new Promise<void>((resolve) => {
      never = resolve
    })
    await using server = await serveFile(V1, (count) =>
      count === 1 ? { body: V1.subarray(0, CUT), headers: { 'content-length': String(SIZE) } } : {},
    )
    await run(async () => {
      const task = createTask(
        download(server.url, {
          folder: folder.inside,
          onEvent: (event) => {
            if (event.type === 'data' && event.received === CUT) never()
          },
        }),
      )
      await stalled
      task.cancel()
      await expect(task).rejects.toBeInstanceOf(CancelledError)
    })
    expect(await folder.names()).toEqual(['file.bin.part', 'file.bin.part.json'])
    const result = await fetched(folder, server)
    expect(server.requests[1]).toMatchObject({ range: `bytes=${CUT}-${SIZE - 1}` })
    expect((await readFile(result.path)).equals(V1)).toBe(true)
  })

  test('by the minute rule of Last-Modified, where there is no ETag', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    server.etag = null
    server.lastModified = new Date(Date.now() - 120_000).toUTCString()
    await fetched(folder, server)
    expect(server.requests[1]).toMatchObject({ ifRange: server.lastModified })
  })

  test.each([
    ['no validator', null, null],
    ['a weak ETag', 'W/"v1"', null],
    ['an ETag that is none', 'v1', null],
    ['a Last-Modified of this minute', null, new Date(Date.now() - 10_000).toUTCString()],
  ])('begins anew with %s', async (_, etag, lastModified) => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    Object.assign(server, { etag, lastModified })
    const { path } = await fetched(folder, server)
    expect(server.requests[1]?.range).toBe(undefined)
    expect((await readFile(path)).equals(V1)).toBe(true)
    expect(await folder.names()).toEqual(['file.bin'])
  })

  test('leaves nothing that could not be resumed', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    server.etag = null
    await expect(fetched(folder, server, { retries: 0 })).rejects.toBeInstanceOf(NetworkError)
    expect(await folder.names()).toEqual([])
  })

  test('begins anew if that is asked for, and leaves nothing', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    await expect(fetched(folder, server, { retries: 0, resume: false })).rejects.toBeInstanceOf(
      NetworkError,
    )
    expect(await folder.names()).toEqual([])
  })

  test('is not gone on with by another URL of the same name', async () => {
    const folder = await makeFolder()
    await using one = await serveFile(V1, cutFirst)
    await using other = await serveFile(V2)
    await breakOff(folder, one)
    const { path } = await fetched(folder, other)
    expect(other.requests[0]?.range).toBe(undefined)
    expect((await readFile(path)).equals(V2)).toBe(true)
    // The first one is still waiting, and gets a name of its own.
    const second = await fetched(folder, one)
    expect(second).toMatchObject({ resumed: CUT, name: 'file (1).bin' })
    expect((await readFile(second.path)).equals(V1)).toBe(true)
    expect(await folder.names()).toEqual(['file (1).bin', 'file.bin'])
  })

  test('by a name that only the server knows', async () => {
    const folder = await makeFolder()
    const headers = { 'content-disposition': 'attachment; filename="report.pdf"' }
    await using server = await serveFile(V1, (count) => ({ ...cutFirst(count), headers }))
    await expect(fetched(folder, server, { retries: 0 })).rejects.toBeInstanceOf(NetworkError)
    expect(await folder.names()).toEqual(['report.pdf.part', 'report.pdf.part.json'])
    const result = await fetched(folder, server)
    expect(result).toMatchObject({ resumed: CUT, name: 'report.pdf' })
    expect(server.requests.map(({ range }) => range)).toEqual([
      undefined,
      undefined,
      `bytes=${CUT}-${SIZE - 1}`,
    ])
    expect((await readFile(result.path)).equals(V1)).toBe(true)
  })
})

describe('a file that has changed meanwhile', () => {
  test('is read anew: the server says so by a 200', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    await breakOff(folder, server)
    Object.assign(server, { content: V2, etag: '"v2"' })
    const result = await fetched(folder, server)
    expect(result).toMatchObject({ resumed: 0, attempts: 1 })
    expect(result.warnings).toHaveLength(1)
    expect((await readFile(result.path)).equals(V2)).toBe(true)
    expect(await folder.names()).toEqual(['file.bin'])
  })

  test('is read anew by a server that knows nothing of If-Range, and says its ETag', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, (count) => ({
      ...cutFirst(count),
      ignoresIfRange: true,
    }))
    await breakOff(folder, server)
    Object.assign(server, { content: V2, etag: '"v2"' })
    const { path } = await fetched(folder, server)
    expect(server.requests.map(({ range }) => range !== undefined)).toEqual([false, true, false])
    expect((await readFile(path)).equals(V2)).toBe(true)
  })

  test('is read anew by a server that proves nothing', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, (count) => ({
      ...cutFirst(count),
      ignoresIfRange: true,
      ...(count > 1 && { headers: { etag: null } }),
    }))
    await breakOff(folder, server)
    Object.assign(server, { content: V2 })
    const { path } = await fetched(folder, server)
    expect(server.requests.map(({ range }) => range !== undefined)).toEqual([false, true, false])
    expect((await readFile(path)).equals(V2)).toBe(true)
  })

  test('is read anew by a server that proves nothing by its Last-Modified', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, (count) => ({
      ...cutFirst(count),
      ignoresIfRange: true,
      ...(count > 1 && { headers: { 'last-modified': null } }),
    }))
    server.etag = null
    server.lastModified = new Date(Date.now() - 120_000).toUTCString()
    await breakOff(folder, server)
    Object.assign(server, { content: V2 })
    const { path } = await fetched(folder, server)
    expect(server.requests.map(({ range }) => range !== undefined)).toEqual([false, true, false])
    expect((await readFile(path)).equals(V2)).toBe(true)
  })

  test('to something shorter (416) is read anew', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, (count) => ({
      ...cutFirst(count),
      ignoresIfRange: true,
    }))
    await breakOff(folder, server)
    Object.assign(server, { content: V2.subarray(0, 1_500_000), etag: '"v2"' })
    const { path } = await fetched(folder, server)
    expect((await readFile(path)).equals(server.content)).toBe(true)
  })

  test('each time, in the end fails, and leaves no wrong file', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, (count) => {
      server.etag = `"${count}"`
      return { cutAfter: 1_500_000 }
    })
    await expect(fetched(folder, server, { retries: 3 })).rejects.toBeInstanceOf(DownloadError)
    expect((await folder.names()).filter((name) => !name.includes('.part'))).toEqual([])
  })
})

describe('an answer to a request for a range that is not that range', () => {
  const wrong: [string, Quirk][] = [
    ['begins earlier', { headers: { 'content-range': `bytes ${CUT - 10}-${SIZE - 1}/${SIZE}` } }],
    ['begins later', { headers: { 'content-range': `bytes ${CUT + 10}-${SIZE - 1}/${SIZE}` } }],
    ['ends earlier', { headers: { 'content-range': `bytes ${CUT}-${SIZE - 9}/${SIZE}` } }],
    ['has no Content-Range', { headers: { 'content-range': null } }],
    ['has one that is none', { headers: { 'content-range': 'bytes all/some' } }],
    [
      'is of several parts',
      { headers: { 'content-range': null, 'content-type': 'multipart/byteranges; boundary=x' } },
    ],
    [
      'is of several parts, and of one',
      { headers: { 'content-type': 'multipart/byteranges; boundary=x' }, body: V2.subarray(CUT) },
    ],
    [
      'is of two ranges at once',
      {
        headers: {
          'content-range': [
            `bytes ${CUT}-${SIZE - 1}/${SIZE}`,
            `bytes 0-${SIZE - CUT - 1}/${SIZE}`,
          ],
        },
        body: V2.subarray(CUT),
      },
    ],
    ['is compressed, and is not', { headers: { 'content-encoding': ['identity', 'gzip'] } }],
    ['is shorter than it says', { body: V2.subarray(0, 500_000) }],
    ['is longer than it says', { body: V2 }],
    ['is longer, and does not say how long', { body: V2, headers: { 'content-length': null } }],
    ['is compressed', { headers: { 'content-encoding': 'gzip' } }],
    ['is a 416 of the same size', { status: 416, headers: { 'content-range': `bytes */${SIZE}` } }],
  ]
  test.each(wrong)('%s: the file is read whole', async (_, quirk) => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, (count, request) =>
      count === 1 ? { cutAfter: CUT } : request.headers.range === undefined ? {} : quirk,
    )
    await breakOff(folder, server)
    const { path } = await fetched(folder, server)
    expect((await readFile(path)).equals(V1)).toBe(true)
    expect(server.requests.at(-1)?.range).toBe(undefined)
    expect(await folder.names()).toEqual(['file.bin'])
  })

  test('is a 304: there was no condition that this could be an answer to', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, (count) =>
      count === 1 ? { cutAfter: CUT } : { status: 304 },
    )
    await breakOff(folder, server)
    await expect(fetched(folder, server)).rejects.toMatchObject({ status: 304 })
    expect((await folder.names()).includes('file.bin')).toBe(false)
  })

  test('is given up where there is nothing else', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, (count) =>
      count === 1 ? { cutAfter: CUT } : { headers: { 'content-encoding': 'gzip' } },
    )
    await breakOff(folder, server)
    await expect(fetched(folder, server)).rejects.toBeInstanceOf(IntegrityError)
    expect(server.requests).toHaveLength(3)
    expect((await folder.names()).includes('file.bin')).toBe(false)
  })
})

describe('what a sidecar says', () => {
  async function leftBehind(done: unknown, bytes: Buffer, more: object = {}): Promise<TestFolder> {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    await breakOff(folder, server)
    const path = join(folder.inside, 'file.bin.part.json')
    const sidecar = JSON.parse(await readFile(path, 'utf8'))
    await writeFile(path, JSON.stringify({ ...sidecar, done, ...more }))
    await writeFile(join(folder.inside, 'file.bin.part'), bytes)
    return folder
  }

  test('that all is there is proven by its last byte', async () => {
    const folder = await leftBehind([[0, SIZE]], V1)
    await using server = await serveFile(V1)
    const sidecar = join(folder.inside, 'file.bin.part.json')
    const said = JSON.parse(await readFile(sidecar, 'utf8'))
    await writeFile(sidecar, JSON.stringify({ ...said, urls: [server.url], source: server.url }))
    const { path } = await fetched(folder, server)
    expect(server.requests).toMatchObject([{ range: `bytes=${SIZE - 1}-${SIZE - 1}` }])
    expect((await readFile(path)).equals(V1)).toBe(true)
  })

  test('that all is there is believed if the server has no more (416)', async () => {
    const folder = await leftBehind([[0, SIZE]], V1)
    const headers = { 'content-range': `bytes */${SIZE}` }
    await using server = await serveFile(V1, () => ({ status: 416, headers }))
    const sidecar = join(folder.inside, 'file.bin.part.json')
    const said = JSON.parse(await readFile(sidecar, 'utf8'))
    await writeFile(sidecar, JSON.stringify({ ...said, urls: [server.url], source: server.url }))
    const { path } = await fetched(folder, server)
    expect((await readFile(path)).equals(V1)).toBe(true)
  })

  test.each([
    ['more than there is', [[0, CUT]], V1.subarray(0, 1_000_000), {}, 1_000_000],
    [
      'holes',
      [
        [0, 10],
        [20, 30],
        [1_000_000, CUT],
      ],
      V1.subarray(0, CUT),
      {},
      10,
    ],
    ['nothing', [], V1.subarray(0, CUT), {}, null],
    ['nonsense', 'everything', V2, {}, null],
    ['an ETag that no header can hold', [[0, CUT]], V2, { etag: '"a\r\nx: y"' }, null],
    ['a date that no header can hold', [[0, CUT]], V2, { lastModified: 'x\ny' }, null],
    ['more ranges than any run leaves', manyRanges, V2, {}, null],
    [
      'an owner whose number is longer than a name may be',
      [[0, CUT]],
      V2,
      { owner: { host: hostname(), pid: 1, started: '', thread: 0, nonce: 'a'.repeat(5000) } },
      null,
    ],
    ['ranges beyond the end', [[0, SIZE + 1]], V2, {}, null],
    [
      'an owner on another machine',
      [[0, CUT]],
      V2,
      { owner: { host: 'elsewhere', pid: 1, started: '', thread: 0, nonce: '00' } },
      null,
    ],
    [
      'an owner that is alive',
      [[0, CUT]],
      V2,
      { owner: { host: hostname(), pid: process.ppid, started: '', thread: 0, nonce: '00' } },
      null,
    ],
  ])('%s, comes to no wrong byte', async (_, done, bytes, more, from) => {
    const folder = await leftBehind(done, bytes, more)
    await using server = await serveFile(V1)
    const sidecar = join(folder.inside, 'file.bin.part.json')
    const said = JSON.parse(await readFile(sidecar, 'utf8'))
    await writeFile(sidecar, JSON.stringify({ ...said, urls: [server.url], source: server.url }))
    const { path } = await fetched(folder, server)
    expect((await readFile(path)).equals(V1)).toBe(true)
    const [first] = server.requests
    expect(first?.range?.startsWith(`bytes=${from}-`) ?? null).toBe(from === null ? null : true)
  })
})

describe('behind a redirector', () => {
  /** It leads to these URLs in turn. */
  function redirector(...urls: string[]): Promise<TestServer> {
    let count = 0
    return startServer((_, response) => {
      response.writeHead(302, { location: urls[count++ % urls.length] as string }).end()
    })
  }
  const throughIt = async (folder: TestFolder, { origin }: TestServer, options = {}) =>
    await run(download(`${origin}/file.bin`, { folder: folder.inside, ...fast, ...options }))

  test('two servers whose ETags are alike are not mixed', async () => {
    const folder = await makeFolder()
    await using first = await serveFile(V1, cutFirst)
    await using second = await serveFile(V2)
    await using front = await redirector(first.url, second.url)
    const { path, attempts, warnings } = await throughIt(folder, front)
    expect((await readFile(path)).equals(V1)).toBe(true)
    expect(attempts).toBe(3)
    expect(second.requests).toMatchObject([{ range: `bytes=${CUT}-${SIZE - 1}` }])
    expect(warnings).toContain('what was on the disk is of another version: begun anew')
  })

  test('nor in another run', async () => {
    const folder = await makeFolder()
    await using first = await serveFile(V1, cutFirst)
    await using second = await serveFile(V2)
    await using front = await redirector(first.url, second.url, second.url)
    await expect(throughIt(folder, front, { retries: 0 })).rejects.toThrow(/end/)
    const { path } = await throughIt(folder, front)
    expect((await readFile(path)).equals(V2)).toBe(true)
  })

  test('that all is there is not believed of another server (416)', async () => {
    const folder = await makeFolder()
    await using first = await serveFile(V1, cutFirst)
    const headers = { 'content-range': `bytes */${SIZE}` }
    await using second = await serveFile(V2, (count) =>
      count === 1 ? { status: 416, headers } : {},
    )
    await using front = await redirector(first.url, second.url, second.url)
    await expect(throughIt(folder, front, { retries: 0 })).rejects.toThrow(/end/)
    const sidecar = join(folder.inside, 'file.bin.part.json')
    const said = JSON.parse(await readFile(sidecar, 'utf8'))
    await writeFile(sidecar, JSON.stringify({ ...said, done: [[0, SIZE]] }))
    await writeFile(join(folder.inside, 'file.bin.part'), V1)
    const { path } = await throughIt(folder, front)
    expect((await readFile(path)).equals(V2)).toBe(true)
  })

  test('one server is gone on with, whatever token it wants', async () => {
    const folder = await makeFolder()
    await using server = await serveFile(V1, cutFirst)
    await using front = await redirector(`${server.url}?token=1`, `${server.url}?token=2`)
    const { path, attempts } = await throughIt(folder, front)
    expect((await readFile(path)).equals(V1)).toBe(true)
    expect(attempts).toBe(2)
    expect(server.sent).toBe(SIZE)
  })

  test('with a checksum, any server may give the rest', async () => {
    const folder = await makeFolder()
    await using first = await serveFile(V1, cutFirst)
    await using second = await serveFile(V1)
    await using front = await redirector(first.url, second.url)
    const { path, attempts } = await throughIt(folder, front, {
      checksum: `sha-256=${sha256(V1)}`,
    })
    expect((await readFile(path)).equals(V1)).toBe(true)
    expect(attempts).toBe(2)
    expect(second.sent).toBe(SIZE - CUT)
  })
})

test('two at once of the same URL do not share a part file', async () => {
  const folder = await makeFolder()
  await using server = await serveFile(V1, (count) => (count <= 2 ? { cutAfter: CUT } : {}))
  const [one, two] = await run(async () => {
    const tasks = [1, 2].map(() =>
      createTask(download(server.url, { folder: folder.inside, ...fast })),
    )
    return [await (tasks[0] as (typeof tasks)[0]), await (tasks[1] as (typeof tasks)[0])] as const
  })
  expect([one.name, two.name].sort()).toEqual(['file (1).bin', 'file.bin'])
  for (const { path } of [one, two]) expect((await readFile(path)).equals(V1)).toBe(true)
  expect(await folder.names()).toEqual(['file (1).bin', 'file.bin'])
})

test('the errors of it are integrity errors', () => {
  expect(new ChangedError('x', { url: 'x' })).toBeInstanceOf(IntegrityError)
})
