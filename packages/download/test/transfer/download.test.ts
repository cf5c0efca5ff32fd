import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { createTask, run } from 'hocket'
import { describe, expect, test } from 'vitest'
import { type DownloadEvent, download } from '../../src/index.ts'
import { makeFolder } from '../fixtures/folder.ts'
import { startServer, startSite } from '../fixtures/server.ts'

// Long enough for several chunks, and no two places in it are alike.
const CONTENT = Buffer.from(Array.from({ length: 300_000 }, (_, i) => (i * i + (i >> 8)) & 0xff))

describe('a file', () => {
  test('arrives byte for byte, under its name, with nothing left over', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      response.setHeader('content-length', CONTENT.length)
      response.end(CONTENT)
    })
    const url = `${server.origin}/pictures/cat.jpg?source=7e7ef6e2`

    const result = await run(download(url, { folder: folder.inside }))

    expect(result).toEqual({
      url,
      path: join(folder.inside, 'cat.jpg'),
      name: 'cat.jpg',
      bytes: CONTENT.length,
      redirects: 0,
      status: 'done',
      resumed: 0,
      attempts: 1,
      httpStatus: 200,
      sha256: null,
      warnings: [],
    })
    expect((await readFile(result.path)).equals(CONTENT)).toBe(true)
    expect(await folder.names()).toEqual(['cat.jpg'])
    expect(server.asked).toEqual(['/pictures/cat.jpg?source=7e7ef6e2'])
  })

  test('of unknown length arrives whole', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      response.write(CONTENT.subarray(0, 1_000))
      response.end(CONTENT.subarray(1_000))
    })
    const { path } = await run(download(`${server.origin}/a.bin`, { folder: folder.inside }))
    expect((await readFile(path)).equals(CONTENT)).toBe(true)
  })

  test('that is given two names takes the first', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      for (const name of ['first', 'second']) {
        response.appendHeader('content-disposition', `attachment; filename=${name}`)
      }
      response.end('x')
    })
    const { name } = await run(download(`${server.origin}/a`, { folder: folder.inside }))
    expect(name).toBe('first')
  })

  test('may be empty', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => response.end())
    const { path, bytes } = await run(download(`${server.origin}/empty`, { folder: folder.inside }))
    expect(bytes).toBe(0)
    expect(await readFile(path)).toEqual(Buffer.alloc(0))
  })

  test('is asked for as it is, without any encoding', async () => {
    const folder = await makeFolder()
    let accepted: unknown
    await using server = await startServer((request, response) => {
      accepted = request.headers['accept-encoding']
      response.end('x')
    })
    await run(download(`${server.origin}/x`, { folder: folder.inside }))
    expect(accepted).toBe('identity')
  })

  test('is asked for with each header once, however it is spelled', async () => {
    const folder = await makeFolder()
    const accepted: string[] = []
    await using server = await startServer(({ rawHeaders }, response) => {
      rawHeaders.forEach((name, i) => {
        if (name.toLowerCase() === 'accept') accepted.push(rawHeaders[i + 1] as string)
      })
      response.end('x')
    })
    const url = `${server.origin}/x`
    await run(download(url, { folder: folder.inside, headers: { Accept: 'image/png' } }))
    await run(download(url, { folder: folder.inside }))
    expect(accepted).toEqual(['image/png', '*/*'])
  })

  test('of a stranger is never taken for what another download has left', async () => {
    const folder = await makeFolder()
    const evil = Buffer.alloc(CONTENT.length, 'evil')
    await using server = await startServer((request, response) => {
      const range = request.headers.range === undefined ? undefined : CONTENT.length - 1
      response.setHeader('etag', '"v1"')
      if (request.url === '/part') {
        response.setHeader('content-disposition', 'attachment; filename="big.iso.part"').end(evil)
      } else if (request.url === '/sidecar') {
        const sidecar = {
          version: 1,
          urls: [`${server.origin}/big.iso`],
          source: `${server.origin}/big.iso`,
          size: CONTENT.length,
          etag: '"v1"',
          lastModified: null,
          resumable: true,
          done: [[0, CONTENT.length]],
          owner: { host: hostname(), pid: 2 ** 30, started: '', thread: 0, nonce: 'abcd' },
        }
        response.setHeader('content-disposition', 'attachment; filename="big.iso.part.json"')
        response.end(JSON.stringify(sidecar))
      } else if (range === undefined) {
        response.setHeader('content-length', CONTENT.length).end(CONTENT)
      } else {
        response.setHeader('content-range', `bytes ${range}-${range}/${CONTENT.length}`)
        response.writeHead(206).end(CONTENT.subarray(range))
      }
    })
    for (const name of ['part', 'sidecar']) {
      await run(download(`${server.origin}/${name}`, { folder: folder.inside }))
    }
    const { path } = await run(download(`${server.origin}/big.iso`, { folder: folder.inside }))
    expect((await readFile(path)).equals(CONTENT)).toBe(true)
  })

  test('can be called otherwise, and safely', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => response.end('x'))
    const { name } = await run(
      download(`${server.origin}/x`, { folder: folder.inside, name: '../mine.txt' }),
    )
    expect(name).toBe('mine.txt')
    expect(await folder.names()).toEqual(['mine.txt'])
    expect(await folder.escaped()).toEqual([])
  })

  test('sends the name and password of its URL, and shows them nowhere', async () => {
    const folder = await makeFolder()
    let sent: unknown
    await using server = await startServer((request, response) => {
      sent = request.headers.authorization
      response.end('x')
    })
    const url = new URL('/x', server.origin)
    url.username = 'me'
    url.password = 'pässword'
    const result = await run(download(url, { folder: folder.inside }))
    expect(sent).toBe(`Basic ${Buffer.from('me:pässword').toString('base64')}`)
    expect(result.url).toBe(`${server.origin}/x`)
  })
})

describe('events', () => {
  test('tell the request, the response, each piece of data and the end', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      response.setHeader('content-length', CONTENT.length)
      response.end(CONTENT)
    })
    const url = `${server.origin}/cat.jpg`
    const events: DownloadEvent[] = []

    await run(download(url, { folder: folder.inside, onEvent: (event) => events.push(event) }))

    const size = CONTENT.length
    const data = events.filter((event) => event.type === 'data')
    expect(events.filter((event) => event.type !== 'data')).toEqual([
      { type: 'request', url, attempt: 1 },
      { type: 'response', url, status: 200, size, resumed: 0 },
      { type: 'saved', path: join(folder.inside, 'cat.jpg'), bytes: size },
    ])
    expect(events.map((event) => event.type)).toEqual([
      'request',
      'response',
      ...data.map(() => 'data'),
      'saved',
    ])
    let received = 0
    for (const event of data) {
      received += event.bytes
      expect(event).toMatchObject({ received, size })
    }
    expect(received).toBe(size)
  })

  test('whose listener throws end the download and leave nothing', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => response.end(CONTENT))
    const onEvent = (event: DownloadEvent) => {
      if (event.type === 'data') throw new RangeError('enough')
    }
    await expect(
      run(download(`${server.origin}/a`, { folder: folder.inside, onEvent })),
    ).rejects.toThrow(new RangeError('enough'))
    expect(await folder.names()).toEqual([])
  })
})

describe('a name that is taken', () => {
  test('is never overwritten: files are numbered before the whole extension', async () => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    await writeFile(join(folder.inside, 'a.tar.gz'), 'mine')
    await using server = await startServer((request, response) => response.end(request.url))
    const url = `${server.origin}/a.tar.gz`

    const names = await run(async () => {
      const first = await download(url, { folder: folder.inside })
      const second = await download(url, { folder: folder.inside })
      return [first.name, second.name]
    })

    expect(names).toEqual(['a (1).tar.gz', 'a (2).tar.gz'])
    expect(await folder.names()).toEqual(['a (1).tar.gz', 'a (2).tar.gz', 'a.tar.gz'])
    expect(await readFile(join(folder.inside, 'a.tar.gz'), 'utf8')).toBe('mine')
  })

  test('by an old part file is not: the old part file stays as it is', async () => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    await writeFile(join(folder.inside, 'a.bin.part'), 'old')
    await using server = await startServer((_, response) => response.end('new'))
    await run(download(`${server.origin}/a.bin`, { folder: folder.inside }))
    expect(await folder.names()).toEqual(['a.bin', 'a.bin.part'])
    expect(await readFile(join(folder.inside, 'a.bin.part'), 'utf8')).toBe('old')
  })

  test('by a download under way is shared out: both files arrive, whole', async () => {
    const folder = await makeFolder()
    // Both bodies are begun before either goes on, so that the two part files stand side by side.
    const begun: (() => void)[] = []
    await using server = await startServer((request, response) => {
      const content = Buffer.alloc(100_000, request.url)
      response.write(content.subarray(0, 50_000))
      begun.push(() => response.end(content.subarray(50_000)))
    })
    let receiving = 0
    const onEvent = (event: DownloadEvent) => {
      if (event.type === 'data' && event.received === event.bytes && ++receiving === 2) {
        for (const go of begun) go()
      }
    }

    const results = await run(async () => {
      const tasks = ['/1/same.bin', '/2/same.bin'].map((path) =>
        createTask(download(server.origin + path, { folder: folder.inside, onEvent })),
      )
      return [await tasks[0], await tasks[1]]
    })

    expect(await folder.names()).toEqual(['same (1).bin', 'same.bin'])
    for (const result of results) {
      const content = Buffer.alloc(100_000, new URL(result?.url ?? '').pathname)
      expect((await readFile(result?.path ?? '')).equals(content)).toBe(true)
    }
  })

  test('by a folder or a dangling link is not followed', async () => {
    const folder = await makeFolder()
    await mkdir(join(folder.inside, 'a'), { recursive: true })
    await using server = await startServer((_, response) => response.end('x'))
    const elsewhere = join(folder.inside, 'a', 'elsewhere')
    await symlink(elsewhere, join(folder.inside, 'b'))
    await symlink(elsewhere, join(folder.inside, 'b.part'))
    const first = await run(download(`${server.origin}/a`, { folder: folder.inside }))
    const second = await run(download(`${server.origin}/b`, { folder: folder.inside }))
    expect([first.name, second.name]).toEqual(['a (1)', 'b (1)'])
    expect(await readdir(join(folder.inside, 'a'))).toEqual([])
  })
})

describe('nothing outside the folder', () => {
  test.each([
    '/..%2f..%2fescaped.txt',
    '/..%5c..%5cescaped.txt',
    '/%2e%2e%2fescaped.txt',
    '/a/..%2f..%2f..%2f..%2fetc%2fescaped.txt',
    '/%2fetc%2fescaped.txt',
    '/..%00%2fescaped.txt',
  ])('%s stays inside', async (path) => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => response.end('x'))
    const result = await run(download(server.origin + path, { folder: folder.inside }))
    expect(await folder.names()).toEqual([basename(result.path)])
    expect(result.name).toBe('escaped.txt')
    expect(await folder.escaped()).toEqual([])
  })
})

describe('redirects', () => {
  test('are followed, and the last URL gives the name', async () => {
    const folder = await makeFolder()
    await using server = await startSite({
      '/latest': (_, response) => response.writeHead(302, { location: '/v2/' }).end('moved'),
      '/v2/': (_, response) => response.writeHead(308, { location: 'cat.jpg?v=2' }).end(),
      '/v2/cat.jpg': (_, response) => response.end('meow'),
    })
    const result = await run(download(`${server.origin}/latest`, { folder: folder.inside }))
    expect(result).toMatchObject({
      url: `${server.origin}/v2/cat.jpg?v=2`,
      name: 'cat.jpg',
      redirects: 2,
    })
    expect(await readFile(result.path, 'utf8')).toBe('meow')
  })

  test('lead to another server without the password of the first', async () => {
    const folder = await makeFolder()
    const seen: unknown[] = []
    await using second = await startServer((request, response) => {
      seen.push(request.headers.authorization)
      response.end('x')
    })
    await using first = await startServer((request, response) => {
      seen.push(request.headers.authorization)
      response.writeHead(302, { location: `${second.origin}/x` }).end()
    })
    const url = new URL(first.origin)
    url.username = 'me'
    await run(download(url, { folder: folder.inside }))
    expect(seen).toEqual([`Basic ${Buffer.from('me:').toString('base64')}`, undefined])
  })
})
