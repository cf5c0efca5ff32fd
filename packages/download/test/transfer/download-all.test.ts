import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ClientSession } from '@hocket/http'
import { closedOrigin } from '@hocket/test-support'
import { CancelledError, createTask, run } from 'hocket'
import { describe, expect, test } from 'vitest'
import {
  type DownloadAllOptions,
  type DownloadEntry,
  Downloader,
  type DownloadReport,
  downloadAll,
  EXIT_CODES,
  exitCode,
  type RunEvent,
} from '../../src/index.ts'
import { makeFolder, type TestFolder } from '../fixtures/folder.ts'
import { startServer, startSite } from '../fixtures/server.ts'

const quick = { backoff: { base: 0, cap: 0 } }

async function runOf(
  folder: TestFolder,
  entries: Iterable<string | DownloadEntry>,
  options: DownloadAllOptions = {},
): Promise<DownloadReport> {
  return await run(downloadAll(entries, { folder: folder.inside, ...quick, ...options }))
}

const statuses = ({ results }: DownloadReport) => results.map(({ status }) => status)

/** When each file is asked for, and when it is there, one after another. */
async function order(folder: TestFolder, urls: readonly string[]): Promise<string[]> {
  const told: string[] = []
  const onEvent = (event: RunEvent) => {
    if (event.type !== 'file') return
    const { type } = event.event
    if (type === 'request' || type === 'saved') told.push(`${type} ${event.index}`)
  }
  await runOf(folder, urls, { concurrency: 1, onEvent })
  return told
}

describe('a run', () => {
  test('brings all files, and reports each in the order of the entries', async () => {
    const folder = await makeFolder()
    await using server = await startServer((request, response) => response.end(request.url))
    const urls = Array.from({ length: 40 }, (_, i) => `${server.origin}/${i}.txt`)
    const report = await runOf(folder, urls)
    expect(report).toMatchObject({
      outcome: 'finished',
      counts: { done: 40, skipped: 0, failed: 0, cancelled: 0 },
      failures: {},
    })
    expect(report.results.map(({ url }) => url)).toEqual(urls)
    for (const [i, { path, bytes }] of report.results.entries()) {
      expect(await readFile(path as string, 'utf8')).toBe(`/${i}.txt`)
      expect(bytes).toBe(`/${i}.txt`.length)
    }
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
    expect(exitCode(report)).toBe(0)
  })

  test('has asked for the next file when it writes one', async () => {
    const folder = await makeFolder()
    const content = Buffer.alloc(100_000)
    await using server = await startServer((_, response) => response.end(content))
    expect(await order(folder, [`${server.origin}/1`, `${server.origin}/2`])).toEqual([
      'request 0',
      'request 1',
      'saved 0',
      'saved 1',
    ])
  })

  test('holds the connection while a large file is written', async () => {
    const folder = await makeFolder()
    const content = Buffer.alloc(2 * 1024 * 1024)
    await using server = await startServer((_, response) => response.end(content))
    expect(await order(folder, [`${server.origin}/1`, `${server.origin}/2`])).toEqual([
      'request 0',
      'saved 0',
      'request 1',
      'saved 1',
    ])
  })

  test('goes on without a file whose headers can not be sent', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => response.end('x'))
    const url = `${server.origin}/x`
    const bad = [{ a: '€' }, { 'a b': 'c' }, { a: 'b\r\nc: d' }, { 'Transfer-Encoding': 'gzip' }]
    const report = await runOf(folder, [...bad.map((headers) => ({ url, headers })), url])
    expect(report).toMatchObject({ counts: { done: 1, failed: 4 }, failures: { usage: 4 } })
    expect(() => new Downloader(null, { headers: { a: '\n' } })).toThrow(RangeError)
  })

  test('numbers files that are all called alike', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      response.setHeader('content-disposition', 'attachment; filename="image.jpg"').end('x')
    })
    await mkdir(folder.inside)
    await writeFile(join(folder.inside, 'image.jpg'), 'old')
    const urls = Array.from({ length: 300 }, (_, i) => `${server.origin}/?id=${i}`)
    const report = await runOf(folder, urls)
    expect(report.counts.done).toBe(300)
    const names = Array.from({ length: 300 }, (_, i) => `image (${i + 1}).jpg`)
    expect(await folder.names()).toEqual(['image.jpg', ...names].sort())
  })

  test('shows no password', async () => {
    const folder = await makeFolder()
    await using server = await startServer(({ headers }, response) => {
      response.end(headers.authorization)
    })
    const report = await runOf(folder, [
      server.origin.replace('//', '//me:secret@'),
      'a://b:secret@c d',
    ])
    expect(report.counts).toMatchObject({ done: 1, failed: 1 })
    expect(JSON.stringify(report)).not.toContain('secret')
  })

  test('uses the session that it is given, and leaves it open', async () => {
    const folder = await makeFolder()
    const agents: unknown[] = []
    await using server = await startServer((request, response) => {
      agents.push(request.headers['user-agent'])
      response.end('x')
    })
    await run(async () => {
      await using session = new ClientSession({ userAgent: 'mine/1' })
      await downloadAll(session, [`${server.origin}/a`], { folder: folder.inside })
      expect(session.closed).toBe(false)
    })
    expect(agents).toEqual(['mine/1'])
  })

  test('reports every entry, garbage too', async () => {
    const folder = await makeFolder()
    await using server = await startSite({
      '/good': (_, response) => response.end('good'),
    })
    const report = await runOf(folder, [
      { url: 'garbage', line: 1 },
      { url: `${server.origin}/good`, line: 2 },
      { url: 'ftp://x/y', line: 3 },
      { url: `${server.origin}/missing`, line: 4 },
      { url: `${await closedOrigin()}/x`, line: 5 },
    ])
    expect(statuses(report)).toEqual(['failed', 'done', 'failed', 'failed', 'failed'])
    expect(report.results.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5])
    expect(report.results.map(({ error }) => error?.class)).toEqual([
      'usage',
      undefined,
      'usage',
      'status',
      'network',
    ])
    expect(report.results.map(({ attempts }) => attempts)).toEqual([0, 1, 0, 1, 6])
    expect(report.failures).toEqual({ usage: 2, status: 1, network: 1 })
    expect(exitCode(report)).toBe(EXIT_CODES.failed)
    expect(await folder.names()).toEqual(['good'])
  })

  test('of ten thousand entries, most of them garbage, reports ten thousand', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => response.end('x'))
    const garbage = [
      '',
      'http://',
      'http://[::1',
      'nope',
      'file:///etc/passwd',
      '\0',
      'http://a b/',
    ]
    const entries = Array.from({ length: 10_000 }, (_, i) =>
      i % 100 === 0 ? `${server.origin}/${i}` : (garbage[i % garbage.length] as string),
    )
    const report = await runOf(folder, entries)
    expect(report.results).toHaveLength(10_000)
    expect(report.counts).toEqual({ done: 100, skipped: 0, failed: 9_900, cancelled: 0 })
    expect(report.failures).toEqual({ usage: 9_900 })
    expect(exitCode(report)).toBe(EXIT_CODES.usage)
  })

  test('writes nothing outside its folder, whatever the server calls its files', async () => {
    const folder = await makeFolder()
    const names = [
      '../escaped',
      '/etc/escaped',
      '..\\..\\escaped',
      '....//escaped',
      '.bashrc',
      'CON',
      `${'n'.repeat(300)}.tar.gz`,
      'a\u202egpj.exe',
      '.part',
      'x.part.json',
    ]
    await using server = await startServer((request, response) => {
      const name = names[Number(new URL(request.url ?? '', 'http://x').searchParams.get('n'))]
      const encoded = encodeURIComponent(name as string)
      response.setHeader('content-disposition', `attachment; filename*=UTF-8''${encoded}`)
      response.end('x')
    })
    const report = await runOf(
      folder,
      names.map((_, n) => `${server.origin}/%2e%2e%2f?n=${n}`),
    )
    expect(report.counts.done).toBe(names.length)
    expect(await folder.escaped()).toEqual([])
    const there = await folder.names()
    expect(there).toHaveLength(names.length)
    for (const name of there) expect(name).not.toMatch(/^\.|\/|\\/)
    expect(there).toContain(`${'n'.repeat(248)}.tar.gz`)
    expect(there).toContain('_CON')
  })

  test('gives names that do not depend on who is first', async () => {
    const folder = await makeFolder()
    let openLast = () => {}
    const last = new Promise<void>((resolve) => {
      openLast = resolve
    })
    await using server = await startServer((request, response) => {
      if (request.url === '/a/index.html') void last.then(() => response.end('/a'))
      else response.end('/b', openLast)
    })
    const urls = [`${server.origin}/a/index.html`, `${server.origin}/b/index.html`]
    const report = await runOf(folder, urls)
    expect(report.results.map(({ path }) => path)).toEqual([
      join(folder.inside, 'index.html'),
      join(folder.inside, 'index (1).html'),
    ])
    // Given again, nothing is asked of the server.
    const asked = server.asked.length
    const again = await runOf(folder, urls, { ifExists: 'skip' })
    expect(statuses(again)).toEqual(['skipped', 'skipped'])
    expect(again.results.map(({ path }) => path)).toEqual(report.results.map(({ path }) => path))
    expect(server.asked).toHaveLength(asked)
    expect(exitCode(again)).toBe(0)
  })

  test('does not skip what has another checksum', async () => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    for (const name of ['good', 'bad']) await writeFile(join(folder.inside, name), name)
    await using server = await startServer((_, response) => response.end('good'))
    // Of the text `good`.
    const checksum = 'md5=755f85c2723bb39381c7379a604160d8'
    const entries = ['good', 'bad'].map((name) => ({ url: `${server.origin}/${name}`, checksum }))
    const report = await runOf(folder, entries, { ifExists: 'skip' })
    expect(statuses(report)).toEqual(['skipped', 'done'])
    expect(await folder.names()).toEqual(['bad', 'bad (1)', 'good'])
  })

  test('skips by the name that the server gives, too', async () => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    await writeFile(join(folder.inside, 'real.txt'), 'old')
    await using server = await startServer((_, response) => {
      response.setHeader('content-disposition', 'attachment; filename=real.txt')
      response.end('new')
    })
    const urls = [`${server.origin}/1`, `${server.origin}/2`]
    const report = await runOf(folder, urls, { ifExists: 'skip', concurrency: 1 })
    // The second one is no file of before: the first one was.
    expect(statuses(report).sort()).toEqual(['done', 'skipped'])
    expect(await folder.names()).toEqual(['real (1).txt', 'real.txt'])
    expect(await readFile(join(folder.inside, 'real.txt'), 'utf8')).toBe('old')
  })
})

describe('what the host says', () => {
  test('Retry-After pauses all files of the host, and none of another', async () => {
    const folder = await makeFolder()
    const events: RunEvent[] = []
    let isOver = false
    await using busy = await startServer((_, response) => {
      if (isOver) response.end('x')
      else response.writeHead(429, { 'retry-after': '1' }).end()
    })
    await using idle = await startServer((_, response) => response.end('x'))
    const entries = [1, 2, 3, 4, 5, 6].flatMap((n) => [
      `${busy.origin}/busy-${n}`,
      `${idle.origin}/idle-${n}`,
    ])
    const report = await runOf(folder, entries, {
      perHost: 2,
      onEvent: (event) => {
        events.push(event)
        if (event.type === 'pause') isOver = true
      },
    })
    expect(report.counts.done).toBe(12)
    const { host } = new URL(busy.origin)
    expect(events.filter(({ type }) => type === 'pause')).toMatchObject([
      { host, ms: 1_000, reason: 'status 429' },
    ])
    expect(events.filter(({ type }) => type === 'limit')[0]).toMatchObject({ host, limit: 1 })
    // Two had begun; the four others were held, and not one was refused.
    const busyResults = report.results.filter(({ url }) => url.startsWith(busy.origin))
    expect(busyResults.map(({ attempts }) => attempts)).toEqual([2, 2, 1, 1, 1, 1])
    expect(busy.asked).toHaveLength(8)
  })

  test('a Retry-After beyond the bound is a failure, and not a return that is too early', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) =>
      response.writeHead(503, { 'retry-after': '3600' }).end(),
    )
    const report = await runOf(folder, [`${server.origin}/a`], { maxRetryAfter: 60_000 })
    expect(report.results).toMatchObject([
      { status: 'failed', attempts: 1, httpStatus: 503, error: { class: 'status' } },
    ])
    expect(report.results[0]?.error?.message).toContain('3600 s')
    expect(server.asked).toHaveLength(1)
  })

  test('a storm of 429 ends with all files', async () => {
    const folder = await makeFolder()
    let inside = 0
    await using server = await startServer((_, response) => {
      inside += 1
      response.on('close', () => {
        inside -= 1
      })
      // It bears two at a time.
      if (inside > 2) response.writeHead(429).end()
      else setImmediate(() => response.end('x'))
    })
    const urls = Array.from({ length: 60 }, (_, i) => `${server.origin}/${i}`)
    const report = await runOf(folder, urls, { retries: 50, backoff: { base: 1, cap: 20 } })
    expect(report.counts).toMatchObject({ done: 60, failed: 0 })
  })

  test('a host that has led elsewhere is told of', async () => {
    const folder = await makeFolder()
    await using other = await startServer((_, response) => response.end('x'))
    await using server = await startServer((_, response) =>
      response.writeHead(302, { location: `${other.origin}/there.txt` }).end(),
    )
    const report = await runOf(folder, [`${server.origin}/here.txt`])
    expect(report.results).toMatchObject([
      { status: 'done', finalUrl: `${other.origin}/there.txt` },
    ])
    expect(report.results[0]?.warnings).toHaveLength(1)
    expect(await folder.names()).toEqual(['there.txt'])
  })
})

describe('the policy', () => {
  async function site() {
    let never = () => {}
    const forever = new Promise<void>((resolve) => {
      never = resolve
    })
    const server = await startServer((request, response) => {
      if (request.url?.startsWith('/bad')) response.writeHead(404).end()
      else if (request.url?.startsWith('/slow')) void forever.then(() => response.end('x'))
      else response.end('x')
    })
    return { server, never }
  }

  test('keep-going tries all', async () => {
    const folder = await makeFolder()
    const { server } = await site()
    await using _ = server
    const urls = ['/bad1', '/1', '/bad2', '/2'].map((path) => server.origin + path)
    const report = await runOf(folder, urls)
    expect(statuses(report)).toEqual(['failed', 'done', 'failed', 'done'])
    expect(report.outcome).toBe('finished')
    expect(exitCode(report)).toBe(EXIT_CODES.failed)
  })

  test('fail-fast cancels what is under way, and begins nothing more', async () => {
    const folder = await makeFolder()
    const { server } = await site()
    await using _ = server
    const urls = ['/slow', '/bad', '/1', '/2', '/3'].map((path) => server.origin + path)
    const report = await runOf(folder, urls, { policy: 'fail-fast', concurrency: 2 })
    expect(statuses(report)).toEqual(['cancelled', 'failed', 'cancelled', 'cancelled', 'cancelled'])
    expect(report.outcome).toBe('gave-up')
    expect(exitCode(report)).toBe(EXIT_CODES.failed)
    expect(await folder.names()).toEqual([])
  })

  test('maxFailures counts', async () => {
    const folder = await makeFolder()
    const { server } = await site()
    await using _ = server
    const urls = ['/bad1', '/1', '/bad2', '/2', '/bad3', '/3'].map((path) => server.origin + path)
    const report = await runOf(folder, urls, { policy: { maxFailures: 2 }, concurrency: 1 })
    expect(statuses(report).slice(0, 4)).toEqual(['failed', 'done', 'failed', 'cancelled'])
    expect(report.counts).toMatchObject({ failed: 2, done: 1, cancelled: 3 })
  })
})

describe('time', () => {
  const hang = () =>
    startServer((request, response) => {
      if (request.url !== '/good') return
      response.end('x')
    })

  test('of a file is over: the others go on', async () => {
    const folder = await makeFolder()
    await using server = await hang()
    const urls = [`${server.origin}/hangs`, `${server.origin}/good`]
    const report = await runOf(folder, urls, { timeout: 1_500 })
    expect(statuses(report)).toEqual(['failed', 'done'])
    expect(report.results[0]?.error).toMatchObject({
      class: 'deadline',
      code: 'ERR_DOWNLOAD_DEADLINE',
    })
    expect(exitCode(report)).toBe(EXIT_CODES.deadline)
  })

  test('of the run is over: what is not done has failed by it', async () => {
    const folder = await makeFolder()
    await using server = await hang()
    const urls = [`${server.origin}/hangs`, `${server.origin}/good`]
    const report = await runOf(folder, urls, { totalTimeout: 1_500 })
    expect(report.outcome).toBe('deadline')
    expect(statuses(report)).toEqual(['failed', 'done'])
    expect(report.results[0]?.error?.class).toBe('deadline')
    expect(exitCode(report)).toBe(EXIT_CODES.deadline)
  })

  test('of the run is over: what came of a large file stays to be resumed', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': 3_000_000, etag: '"1"' })
      response.write(Buffer.alloc(2_000_000, 'x'))
    })
    await runOf(folder, [`${server.origin}/large`], { totalTimeout: 2_000 })
    expect(await folder.names()).toEqual(['large.part', 'large.part.json'])
    const said = JSON.parse(await readFile(join(folder.inside, 'large.part.json'), 'utf8'))
    expect(said.done).toEqual([[0, 2_000_000]])
  })

  test('without a byte is a stall, which is tried again', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      if (server.asked.length > 1) response.end('12345')
      else {
        response.writeHead(200, { 'content-length': 5 })
        response.write('123')
      }
    })
    const report = await runOf(folder, [`${server.origin}/a`], { idleTimeout: 300 })
    expect(report.results).toMatchObject([{ status: 'done', attempts: 2 }])
  })

  test('with a drip of bytes is one, too', async () => {
    const folder = await makeFolder()
    await using server = await startServer((_, response) => {
      response.writeHead(200, { 'content-length': 100_000 })
      const timer = setInterval(() => response.write('x'), 20)
      response.on('close', () => clearInterval(timer))
    })
    const report = await runOf(folder, [`${server.origin}/a`], {
      lowSpeed: 10_000,
      lowSpeedTime: 300,
      retries: 0,
    })
    expect(report.results[0]?.error).toMatchObject({ code: 'ERR_DOWNLOAD_STALLED' })
    expect(exitCode(report)).toBe(EXIT_CODES.network)
  })
})

describe('a run that is cancelled', () => {
  test('leaves what can be resumed, and its Downloader has the report', async () => {
    const folder = await makeFolder()
    const size = 3_000_000
    let half = () => {}
    const begun = new Promise<void>((resolve) => {
      half = resolve
    })
    await using server = await startServer((request, response) => {
      if (request.url === '/small') {
        response.end('x')
        return
      }
      response.writeHead(200, { 'content-length': size, etag: '"1"' })
      response.write(Buffer.alloc(2_000_000, 'x'))
    })
    await run(async () => {
      const downloader = new Downloader(null, {
        folder: folder.inside,
        onEvent: (event) => {
          if (event.type !== 'file' || event.event.type !== 'data') return
          if (event.event.received === 2_000_000) half()
        },
      })
      const task = createTask(
        downloader.run([`${server.origin}/small`, `${server.origin}/large`, 'garbage']),
      )
      await begun
      task.cancel()
      await expect(task).rejects.toBeInstanceOf(CancelledError)
      const report = downloader.report()
      expect(report.outcome).toBe('interrupted')
      expect(statuses(report)).toEqual(['done', 'cancelled', 'failed'])
      expect(exitCode(report)).toBe(EXIT_CODES.interrupted)
    })
    expect(await folder.names()).toEqual(['large.part', 'large.part.json', 'small'])
  })
})

test('a listener that throws ends the run with its error', async () => {
  const folder = await makeFolder()
  await using server = await startServer((_, response) => response.end('x'))
  const failure = await run(
    downloadAll([`${server.origin}/a`, `${server.origin}/b`], {
      folder: folder.inside,
      onEvent: () => {
        throw new TypeError('mine')
      },
    }),
  ).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(TypeError)
})

test('one rate is kept over all files', async () => {
  const folder = await makeFolder()
  await using server = await startServer((_, response) => response.end(Buffer.alloc(50_000)))
  const urls = [1, 2, 3, 4].map((n) => `${server.origin}/${n}`)
  const report = await runOf(folder, urls, { rateLimit: 200_000 })
  expect(report.counts.done).toBe(4)
  // 200,000 bytes; 20,000 are free, and the last chunk is on debt.
  expect(report.ms).toBeGreaterThanOrEqual(500)
})

test('what an option cannot be is said at once', () => {
  expect(() => new Downloader(null, { concurrency: 0 })).toThrow(RangeError)
  expect(() => new Downloader(null, { policy: { maxFailures: 0 } })).toThrow(RangeError)
  expect(() => new Downloader(null, { retries: -1 })).toThrow(RangeError)
  expect(() => new Downloader(null, { timeout: Number.NaN })).toThrow(RangeError)
})

test('the exit code is that of the class of all failures', () => {
  const code = (failures: DownloadReport['failures']) => exitCode({ outcome: 'finished', failures })
  expect(code({})).toBe(0)
  expect(code({ network: 2 })).toBe(4)
  expect(code({ disk: 1 })).toBe(5)
  expect(code({ integrity: 1 })).toBe(3)
  expect(code({ usage: 1 })).toBe(2)
  expect(code({ deadline: 1 })).toBe(124)
  expect(code({ status: 1 })).toBe(1)
  expect(code({ disk: 1, network: 1 })).toBe(1)
})
