import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeFolder, namesIn, serve, site, startProgram } from '@hocket/test-support'
import { describe, expect, test, vi } from 'vitest'
import { flawOf } from '../src/server/gallery-server.ts'
import { paintGallery } from '../src/server/pictures.ts'

// Each test starts a program, which compiles its sources first.
vi.setConfig({ testTimeout: 60_000 })

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** Starts the program as `npm start` does. */
function start(folder: string, ...args: string[]) {
  return startProgram(main, ['--folder', folder, ...args])
}

const ways = ['one-after-another', 'in-threads', 'as-tasks']

test('npm start downloads the gallery three times, draws the runs and has the originals', async () => {
  const folder = await makeFolder()
  const pictures = paintGallery(6)
  await mkdir(join(folder, 'gallery', 'as-tasks'), { recursive: true })
  await writeFile(join(folder, 'gallery', 'as-tasks', 'old.txt'), 'of an earlier run')
  await writeFile(join(folder, 'mine.txt'), 'mine')

  const { code, stdout, stderr } = await start(folder, '--images', '6').ended

  // The files: all of them but the broken one, the originals, and nothing else was touched.
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(await namesIn(folder)).toEqual(['gallery', 'mine.txt'])
  expect(await namesIn(join(folder, 'gallery'))).toEqual([...ways, 'report.html'].sort())
  const whole = pictures.filter((_, index) => flawOf(index, 6) !== 'broken')
  expect(whole).toHaveLength(5)
  for (const way of ways) {
    const inside = join(folder, 'gallery', way)
    expect(await namesIn(inside)).toEqual(whole.map(({ name }) => name).sort())
    for (const { name, png } of whole) {
      const same = png.equals(await readFile(join(inside, name)))
      expect(`${way}/${name}: ${same}`).toBe(`${way}/${name}: true`)
    }
  }
  expect(stdout).toContain('from a server on this machine\n')
  expect(stdout).toContain('15 of 15 files are byte for byte the originals')
  expect(stdout).toContain('no half a file is left of the broken picture')
  expect(stdout.match(/\d+\.\d times as fast/g)).toHaveLength(2)

  // The pictures of all runs: a row for each file, as wide as a terminal, on the same scale.
  const lines = stdout.split('\n')
  const rowsOf = (title: string) => {
    const at = lines.indexOf(title) + 1
    expect(at).toBeGreaterThan(0)
    return { rows: lines.slice(at, at + 6), axis: lines[at + 6] }
  }
  const runs = ['One after another', 'In threads', 'As Tasks'].map(rowsOf)
  for (const { rows, axis } of runs) {
    expect(axis).toBe(runs[0]?.axis)
    expect(rows.filter((row) => row.endsWith(' failed'))).toHaveLength(1)
    for (const row of rows) {
      expect(row).toMatch(/^[a-z-]+-\d\d +[·╶╴─╺╸━╼╾]+ *(\d+ ms|failed)$/)
      expect(row).toMatch(/[─╶╼]/)
      expect(row).toHaveLength(80)
    }
  }
  expect(runs[0]?.axis).toMatch(/^ +0 s /)

  // One after another, at most one voice is not at rest (two in a column where they change over);
  // otherwise there is a moment in which none is.
  const busiest = runs.map(({ rows }) =>
    Math.max(
      ...Array.from({ length: 53 }, (_, column) => {
        return rows.filter((row) => /[─╶╴╺╸━╼╾]/.test(row[18 + column] ?? '')).length
      }),
    ),
  )
  expect(busiest[0]).toBeLessThanOrEqual(2)
  expect(busiest.slice(1)).toEqual([6, 6])

  // Nobody watches: no colours, and nothing is drawn over.
  expect(stdout).not.toContain('\u001b')

  // The report has a bar for each picture of each way, and shows the pictures.
  const report = await readFile(join(folder, 'gallery', 'report.html'), 'utf8')
  expect(report.match(/<div class="bar" title="(took|failed after) /g)).toHaveLength(18)
  expect(report.match(/title="failed after /g)).toHaveLength(3)
  const images = [...report.matchAll(/<img src="([^"]+)"/g)].map(([, source]) => source as string)
  expect(images).toHaveLength(5)
  for (const source of images) {
    expect((await readFile(join(folder, 'gallery', source))).subarray(1, 4).toString()).toBe('PNG')
  }
  expect(report).not.toMatch(/<script|https?:/)
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
    expect(lines[1]).toMatch(/^✓ .*a\.txt +18 B +[\d.]+ m?s$/)
    expect(lines[2]).toMatch(/^✓ .*b\.tar\.gz +17 B +[\d.]+ m?s$/)
  })

  test('goes on where one fails, and ends with the code of that', async () => {
    const origin = await serve(site)
    const folder = await makeFolder()
    const { ended } = start(folder, `${origin}/missing`, 'not a url', `${origin}/a.txt`)
    const { code, stdout } = await ended
    expect(code).toBe(1)
    expect(await namesIn(folder)).toEqual(['a.txt'])
    expect(stdout).toMatch(/^✗ .*missing {2}status {2}expected status 200, got 404$/m)
    expect(stdout).toContain('✗ not a url  usage  expected a URL like https://host/file')
    expect(stdout).toMatch(/^1 of 3 files, .*, 2 failed$/m)
  })

  test('Ctrl-C ends it with 130, and says how to go on', async () => {
    let hungUp = 0
    const origin = await serve((_, response) => {
      response.writeHead(200, { 'content-length': 10_000_000, etag: '"1"' })
      response.write('x'.repeat(2_000_000))
      response.on('close', () => hungUp++)
    })
    const folder = await makeFolder()
    const { child, ended } = start(folder, `${origin}/a`, `${origin}/b`)
    await vi.waitUntil(async () => (await namesIn(folder)).length >= 2, { timeout: 30_000 })
    child.kill('SIGINT')
    const { code, signal, stderr } = await ended
    expect({ code, signal }).toEqual({ code: 130, signal: null })
    expect(stderr).toContain('npm start -- ')
    expect((await namesIn(folder)).filter((name) => name === 'a' || name === 'b')).toEqual([])
    await vi.waitUntil(() => hungUp === 2)
  })
})

describe('arguments that make no sense', () => {
  test.each([
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
