import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { closedOrigin } from '@hocket/test-support'
import { run } from 'hocket'
import { describe, expect, test } from 'vitest'
import {
  BadUrlError,
  DiskError,
  DownloadError,
  download,
  HttpStatusError,
  IntegrityError,
  NetworkError,
  RedirectError,
} from '../../src/index.ts'
import { makeFolder, type TestFolder } from '../fixtures/folder.ts'
import { type Handler, startServer, startSite } from '../fixtures/server.ts'

/** Downloads what must fail, and gives the error. */
async function failure(folder: TestFolder, url: string): Promise<DownloadError> {
  try {
    await run(download(url, { folder: folder.inside, retries: 0 }))
  } catch (error) {
    if (error instanceof DownloadError) return error
    throw error
  }
  throw new Error(`expected the download of ${url} to fail, got a file`)
}

describe('a URL that is none', () => {
  test.each([
    ['', ''],
    ['not a url', 'not a url'],
    ['/just/a/path', '/just/a/path'],
    ['http://', 'http://'],
    ['http://[::1', 'http://[::1'],
    ['ftp://host/file', 'ftp://host/file'],
    ['file:///etc/passwd', 'file:///etc/passwd'],
    ['javascript:alert(1)', 'javascript:alert(1)'],
    ['data:text/plain,hello', 'data:text/plain,hello'],
    ['ftp://me:secret@host/file', 'ftp://host/file'],
  ])('%j is a BadUrlError', async (url, shown) => {
    const folder = await makeFolder()
    const error = await failure(folder, url)
    expect(error).toBeInstanceOf(BadUrlError)
    expect(error).toMatchObject({ name: 'BadUrlError', code: 'ERR_DOWNLOAD_BAD_URL', url: shown })
    expect(error.message).not.toContain('secret')
    expect(await folder.names()).toEqual([])
  })
})

describe('an answer that is not the file', () => {
  test.each([204, 206, 400, 401, 403, 404, 410, 429, 500, 503])('%d', async (status) => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      response.writeHead(status).end(status === 204 ? undefined : 'an error page')
    })
    const error = await failure(folder, `${server.origin}/a.jpg`)
    expect(error).toBeInstanceOf(HttpStatusError)
    expect(error).toMatchObject({
      code: 'ERR_DOWNLOAD_HTTP_STATUS',
      status,
      url: `${server.origin}/a.jpg`,
    })
    expect(error.message).toContain(String(status))
    expect(await folder.names()).toEqual([])
  })

  test('an error page without end is not waited for: the connection is closed', async () => {
    const folder = await makeFolder()
    let hungUp: Promise<unknown> = Promise.resolve()
    await using server = await startServer((_, response) => {
      hungUp = once(response, 'close')
      response.writeHead(500).write('an error page that goes on and on')
    })
    expect(await failure(folder, `${server.origin}/a.jpg`)).toMatchObject({ status: 500 })
    await hungUp
    expect(await folder.names()).toEqual([])
  })

  test('an encoding that was not asked for', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('not really')
    })
    const error = await failure(folder, `${server.origin}/a.html`)
    expect(error).toBeInstanceOf(IntegrityError)
    expect(error.message).toBe('expected the file itself (identity), got it encoded as gzip')
    expect(await folder.names()).toEqual([])
  })
})

describe('redirects that lead nowhere', () => {
  test('a circle', async () => {
    const folder = await makeFolder()
    await using server = await startSite({
      '/a': (_, response) => response.writeHead(302, { location: '/b' }).end(),
      '/b': (_, response) => response.writeHead(302, { location: '/a' }).end(),
    })
    const error = await failure(folder, `${server.origin}/a`)
    expect(error).toBeInstanceOf(RedirectError)
    expect(error.code).toBe('ERR_DOWNLOAD_REDIRECT')
    // The URL itself and ten redirects.
    expect(server.asked).toHaveLength(11)
    expect(await folder.names()).toEqual([])
  })

  test.each(['ftp://127.0.0.1/file', 'file:///etc/passwd', 'http://'])(
    'a target like %s',
    async (location) => {
      const folder = await makeFolder()
      await using server = await startServer((_, response) =>
        response.writeHead(301, { location }).end(),
      )
      const error = await failure(folder, `${server.origin}/a`)
      expect(error).toBeInstanceOf(RedirectError)
      expect(error.message).toContain(location)
      expect(await folder.names()).toEqual([])
    },
  )

  test('none at all', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => response.writeHead(302).end('where?'))
    expect(await failure(folder, `${server.origin}/a`)).toMatchObject({ status: 302 })
    expect(await folder.names()).toEqual([])
  })
})

describe('a body that is cut', () => {
  const promise1000 = { 'content-length': 1_000 }
  const cases: [string, Handler][] = [
    [
      'by an early end, with a length',
      (request, response) => {
        response.writeHead(200, promise1000)
        response.write('x'.repeat(500), () => request.socket.end())
      },
    ],
    [
      'by an early end, with a length and connection: close',
      (request, response) => {
        response.writeHead(200, { ...promise1000, connection: 'close' })
        response.write('x'.repeat(500), () => request.socket.end())
      },
    ],
    [
      'by a reset, with a length',
      (request, response) => {
        response.writeHead(200, promise1000)
        response.write('x'.repeat(500), () => request.socket.resetAndDestroy())
      },
    ],
    [
      'by an early end, in chunks',
      (request, response) => {
        response.writeHead(200)
        response.write('x'.repeat(500), () => request.socket.end())
      },
    ],
    [
      'by an early end, in chunks and connection: close',
      (request, response) => {
        response.writeHead(200, { connection: 'close' })
        response.write('x'.repeat(500), () => request.socket.end())
      },
    ],
  ]

  test.each(cases)('%s', async (_, handler) => {
    const folder = await makeFolder()
    await using server = await startServer(handler)
    const error = await failure(folder, `${server.origin}/half.bin`)
    expect(error).toBeInstanceOf(NetworkError)
    expect(await folder.names()).toEqual([])
  })

  test('says what was promised', async () => {
    const folder = await makeFolder()
    await using server = await startServer((request, response) => {
      response.writeHead(200, promise1000)
      response.write('x'.repeat(500), () => request.socket.end())
    })
    const error = await failure(folder, `${server.origin}/half.bin`)
    expect(error.message).toContain('expected 1000 bytes, got 500 bytes')
  })
})

describe('a server that is not there', () => {
  test('nobody listens on the port', async () => {
    const folder = await makeFolder()
    const error = await failure(folder, `${await closedOrigin()}/a.jpg`)
    expect(error).toBeInstanceOf(NetworkError)
    expect(error.code).toBe('ERR_DOWNLOAD_NETWORK')
    expect(error.message).toContain('ECONNREFUSED')
    expect((error.cause as NodeJS.ErrnoException).code).toBe('ERR_HTTP_CONNECT')
    expect(await folder.names()).toEqual([])
  })

  test('it hangs up without a word', async () => {
    const folder = await makeFolder()
    await using server = await startServer((request) => request.socket.destroy())
    expect(await failure(folder, `${server.origin}/a.jpg`)).toBeInstanceOf(NetworkError)
    expect(await folder.names()).toEqual([])
  })

  test('it does not speak HTTP', async () => {
    const folder = await makeFolder()
    await using server = await startServer((request) => request.socket.end('220 smtp ready\r\n'))
    expect(await failure(folder, `${server.origin}/a.jpg`)).toBeInstanceOf(NetworkError)
    expect(await folder.names()).toEqual([])
  })
})

test('a folder that is a file', async () => {
  const folder = await makeFolder()
  await using server = await startServer((_, response) => response.end('x'))
  await writeFile(folder.inside, 'a file')
  const error = await failure(folder, `${server.origin}/a.jpg`)
  expect(error).toBeInstanceOf(DiskError)
  expect(error.code).toBe('ERR_DOWNLOAD_DISK')
  const deeper = { ...folder, inside: join(folder.inside, 'deeper') }
  expect(await failure(deeper, `${server.origin}/a.jpg`)).toBeInstanceOf(DiskError)
})

test.skipIf(process.platform !== 'linux')(
  'a folder that no folder can be in is one, too',
  async () => {
    const folder = { ...(await makeFolder()), inside: '/proc/hocket/inside' }
    await using server = await startServer((_, response) => response.end('x'))
    const error = await failure(folder, `${server.origin}/a`)
    expect(error).toBeInstanceOf(DiskError)
    expect(error.message).toContain('ENOENT')
  },
)
