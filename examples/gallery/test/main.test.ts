import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { paintGallery } from '../src/server/pictures.ts'

// Each test starts a program, which compiles its sources first.
vi.setConfig({ testTimeout: 60_000 })

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** A folder of its own for the program's files. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hocket-gallery-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

/** Starts the program as `npm start` does. */
function start(folder: string, ...args: string[]) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--conditions=@hocket/source', main, '--folder', folder, ...args],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stdout, stderr }))
  return { child, ended }
}

async function serve(handler: RequestListener): Promise<string> {
  const server = createServer(handler)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const site: RequestListener = ({ url }, response) => {
  if (url?.startsWith('/missing')) response.writeHead(404).end('nothing here')
  else response.end(`this is ${url}`)
}

test('npm start downloads the gallery twice, draws both runs and has the originals', async () => {
  const folder = await makeFolder()
  const pictures = paintGallery(6)
  await mkdir(join(folder, 'gallery', 'as-tasks'), { recursive: true })
  await writeFile(join(folder, 'gallery', 'as-tasks', 'old.txt'), 'of an earlier run')
  await writeFile(join(folder, 'mine.txt'), 'mine')

  const { code, stdout, stderr } = await start(folder, '--images', '6').ended

  // The files: all of them, the originals, and nothing else was touched.
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(await namesIn(folder)).toEqual(['gallery', 'mine.txt'])
  for (const run of ['one-after-another', 'as-tasks']) {
    const inside = join(folder, 'gallery', run)
    expect(await namesIn(inside)).toEqual(pictures.map(({ name }) => name).sort())
    for (const { name, png } of pictures) {
      const same = png.equals(await readFile(join(inside, name)))
      expect(`${run}/${name}: ${same}`).toBe(`${run}/${name}: true`)
    }
  }
  expect(stdout).toContain('from a server on this machine\n')
  expect(stdout).toContain('12 of 12 files are byte for byte the originals')
  expect(stdout).toMatch(/\d+\.\d times as fast/)

  // The pictures of both runs: a row for each file, as wide as a terminal, on the same scale.
  const lines = stdout.split('\n')
  const rowsOf = (title: string) => {
    const at = lines.indexOf(title) + 1
    expect(at).toBeGreaterThan(0)
    return { rows: lines.slice(at, at + 6), axis: lines[at + 6] }
  }
  const slow = rowsOf('One after another')
  const fast = rowsOf('As Tasks')
  for (const row of [...slow.rows, ...fast.rows]) {
    expect(row).toMatch(/^[a-z-]+-\d\d +[·╶╴─╺╸━╼╾]+ *\d+ ms$/)
    expect(row).toMatch(/[─╶╼].*[━╺╼╸]/)
    expect(row).toHaveLength(80)
  }
  expect(slow.axis).toMatch(/^ +0 s /)
  expect(fast.axis).toBe(slow.axis)

  // One after another, at most one voice is not at rest (two in a column where they change over);
  // as Tasks, there is a moment in which none is.
  const busiest = (rows: string[]) =>
    Math.max(
      ...Array.from({ length: 53 }, (_, column) => {
        return rows.filter((row) => /[─╶╴╺╸━╼╾]/.test(row[18 + column] ?? '')).length
      }),
    )
  expect(busiest(slow.rows)).toBeLessThanOrEqual(2)
  expect(busiest(fast.rows)).toBe(6)

  // Nobody watches: no colours, and nothing is drawn over.
  expect(stdout).not.toContain('\u001b')
})

describe('npm start -- URL...', () => {
  test('downloads each URL and says so', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const { ended } = start(folder, `${origin}/a.txt?x=1`, `${origin}/b.tar.gz`)
    const { code, stdout, stderr } = await ended
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(await namesIn(folder)).toEqual(['a.txt', 'b.tar.gz'])
    expect(await readFile(join(folder, 'a.txt'), 'utf8')).toBe('this is /a.txt?x=1')
    const lines = stdout.trimEnd().split('\n').sort()
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/^2 of 2 files, 35 B, [\d.]+ m?s$/)
    expect(lines[1]).toMatch(/^✓ a\.txt +18 B +[\d.]+ m?s$/)
    expect(lines[2]).toMatch(/^✓ b\.tar\.gz +17 B +[\d.]+ m?s$/)
  })

  test('goes on where one fails, and says what and why', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const { ended } = start(folder, `${origin}/missing`, 'not a url', `${origin}/a.txt`)
    const { code, stdout } = await ended
    expect(code).toBe(1)
    expect(await namesIn(folder)).toEqual(['a.txt'])
    expect(stdout).toContain(`✗ ${origin}/missing  http  expected status 200, got 404 Not Found`)
    expect(stdout).toContain('✗ not a url  bad-url  expected a URL like https://host/file')
    expect(stdout).toMatch(/^1 of 3 files, .*, 2 failed$/m)
  })

  test.each([
    [2, 'a bad URL', () => 'ftp://host/file'],
    [4, 'a server that is not there', () => closedOrigin()],
    [1, 'a page that is not there', async () => `${await serve(site)}/missing`],
    [3, 'a file that comes otherwise than promised', async () => `${await serve(zipped)}/a`],
    [4, 'a file that is cut', async () => `${await serve(cutShort)}/a`],
  ])('ends with %d for %s', async (expected, _, makeUrl) => {
    const folder = await makeFolder()
    const { ended } = start(folder, await makeUrl())
    const { code, stdout } = await ended
    expect(code).toBe(expected)
    expect(stdout).toMatch(/^0 of 1 files, 0 B, .*, 1 failed$/m)
    expect(await namesIn(folder)).toEqual([])
  })

  test('ends with 5 where the folder is a file', async () => {
    const folder = await makeFolder()
    const { ended } = start(
      folder,
      `${await serve(site)}/a`,
      '--folder',
      fileURLToPath(import.meta.url),
    )
    const { code, stdout } = await ended
    expect(code).toBe(5)
    expect(stdout).toContain('/a  disk  ')
    expect(await readdir(folder)).toEqual([])
  })

  test('has at most --limit downloads under way', async () => {
    const open: ServerResponse[] = []
    let most = 0
    let asked = 0
    const origin = await serve((_, response) => {
      open.push(response)
      asked++
      most = Math.max(most, open.length)
      // Two are held until both are there, and a while longer, in which a third could come.
      if (open.length === 2 || asked === 5) afterTurns(20, () => open.shift()?.end('x'))
      response.on('finish', () => {
        if (asked === 5) for (const rest of open.splice(0)) rest.end('x')
      })
    })
    const urls = [1, 2, 3, 4, 5].map((n) => `${origin}/${n}`)
    const folder = await makeFolder()
    const { ended } = start(folder, '--limit', '2', ...urls)
    expect((await ended).code).toBe(0)
    expect(await namesIn(folder)).toEqual(['1', '2', '3', '4', '5'])
    expect(most).toBe(2)
  })

  test('Ctrl-C ends it with 130 and leaves nothing half-done', async () => {
    let hungUp = 0
    const origin = await serve(({ url }, response) => {
      if (url === '/whole') {
        response.end('whole')
        return
      }
      response.writeHead(200, { 'content-length': 1_000_000 })
      response.write('x'.repeat(1_000))
      response.on('close', () => hungUp++)
    })
    const folder = await makeFolder()
    const { child, ended } = start(folder, `${origin}/whole`, `${origin}/a`, `${origin}/b`)
    await vi.waitUntil(async () => String(await namesIn(folder)) === 'a.part,b.part,whole', {
      timeout: 30_000,
    })
    child.kill('SIGINT')
    const { code, signal, stderr } = await ended
    expect({ code, signal }).toEqual({ code: 130, signal: null })
    expect(stderr).toContain('interrupted')
    expect(await namesIn(folder)).toEqual(['whole'])
    await vi.waitUntil(() => hungUp === 2)
  })
})

describe('arguments that make no sense', () => {
  test.each([
    [['--limit', 'many'], "expected a whole number from 1 to 9999 after --limit, got 'many'"],
    [['--images', '0'], "expected a whole number from 1 to 9999 after --images, got '0'"],
    [['--colour'], '--colour'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await start(await makeFolder(), ...args).ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain(message)
    expect(stderr).toContain('Usage: npm start')
  })

  test('--help is not one of them', async () => {
    const { code, stdout } = await start(await makeFolder(), '--help').ended
    expect(code).toBe(0)
    expect(stdout).toContain('Usage: npm start')
  })
})

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder)).sort()
}

/** An origin where nobody listens any more. */
async function closedOrigin(): Promise<string> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return `http://127.0.0.1:${port}/a`
}

const zipped: RequestListener = (_, response) => {
  response.writeHead(200, { 'content-encoding': 'gzip' }).end('not really')
}

const cutShort: RequestListener = (request, response) => {
  response.writeHead(200, { 'content-length': 1_000 })
  response.write('x'.repeat(500), () => request.socket.end())
}

/** Calls `fn` after some turns of the event loop, in which everything that is ready gets done. */
function afterTurns(turns: number, fn: () => void): void {
  if (turns === 0) fn()
  else setImmediate(() => afterTurns(turns - 1, fn))
}
