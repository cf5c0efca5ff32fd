import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { localhost } from '@hocket/test-support'
import { run } from 'hocket'
import { describe, expect, onTestFinished, test } from 'vitest'
import { download } from '../../src/index.ts'
import { startDownloader } from '../fixtures/downloader-process.ts'
import { contentOf, serveFile } from '../fixtures/file-server.ts'
import { makeFolder } from '../fixtures/folder.ts'

const SIZE = 40_000_000
const CONTENT = contentOf(SIZE)
const LONG_MS = 120_000
/** The quota below holds for everybody. */
const NEEDS_ROOT = 'only root may mount a file system'

/** What the sidecar says is on the disk. */
async function said(folder: string): Promise<[number, number][]> {
  try {
    return JSON.parse(await readFile(join(folder, 'file.bin.part.json'), 'utf8')).done
  } catch {
    return []
  }
}

describe('a process that is killed', () => {
  test(
    'leaves a state that is true; the next one goes on with it',
    async () => {
      const folder = await makeFolder()
      // Every answer stops short: the process waits, and is killed there.
      let isStalling = true
      await using server = await serveFile(CONTENT, (_, request) => {
        if (!isStalling) return {}
        const [start = 0, end = SIZE - 1] = (/(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? [])
          .slice(1)
          .map(Number)
        const length = end - start + 1
        return {
          body: CONTENT.subarray(start, start + Math.min(length, 4_000_000)),
          headers: { 'content-length': String(length) },
        }
      })
      let had = 0
      for (let kills = 0; kills < 3; kills++) {
        const process = startDownloader(server.url, folder.inside)
        for (;;) {
          const done = await said(folder.inside)
          const bytes = done.reduce((sum, [start, end]) => sum + end - start, 0)
          if (bytes > had) {
            had = bytes
            break
          }
          await new Promise((resolve) => setTimeout(resolve, 20))
        }
        process.kill()
        expect(await process.ended).toMatchObject({ signal: 'SIGKILL' })
        expect(await folder.names()).toEqual(['file.bin.part', 'file.bin.part.json'])
        const part = await readFile(join(folder.inside, 'file.bin.part'))
        for (const [start, end] of await said(folder.inside)) {
          expect(part.subarray(start, end).equals(CONTENT.subarray(start, end))).toBe(true)
        }
      }
      isStalling = false
      const { code, result } = await startDownloader(server.url, folder.inside).ended
      expect(code).toBe(0)
      expect(result.resumed).toBeGreaterThanOrEqual(had)
      expect((await readFile(result.path as string)).equals(CONTENT)).toBe(true)
      expect(await folder.names()).toEqual(['file.bin'])
    },
    LONG_MS,
  )
})

describe('a disk that is full', () => {
  /** A file system of its own; null where this process may not make one. */
  async function smallDisk(megabytes: number): Promise<string | null> {
    const folder = await mkdtemp(join(tmpdir(), 'hocket-full-'))
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], {
        stdio: 'ignore',
      })
    } catch {
      await rm(folder, { recursive: true })
      return null
    }
    onTestFinished(async () => {
      execFileSync('umount', [folder])
      await rm(folder, { recursive: true })
    })
    return folder
  }

  test('ends the download with a DiskError, and it goes on when there is room', async (context) => {
    const folder = await smallDisk(8)
    if (folder === null) return context.skip(NEEDS_ROOT)
    const content = CONTENT.subarray(0, 7_000_000)
    await using server = await serveFile(content)
    const filler = join(folder, 'filler')
    await writeFile(filler, Buffer.alloc(4 * 2 ** 20))
    await expect(run(download(server.url, { folder }))).rejects.toMatchObject({
      name: 'DiskError',
      code: 'ERR_DOWNLOAD_DISK',
      attempts: 1,
    })
    expect(server.requests).toHaveLength(1)
    expect((await readdir(folder)).includes('file.bin')).toBe(false)
    await rm(filler)
    const { path, resumed } = await run(download(server.url, { folder }))
    expect(resumed).toBeGreaterThan(0)
    expect((await readFile(path)).equals(content)).toBe(true)
  })

  test('has no room for a small file either, and keeps nothing of it', async (context) => {
    const folder = await smallDisk(1)
    if (folder === null) return context.skip(NEEDS_ROOT)
    await using server = await serveFile(CONTENT.subarray(0, 1_000_000))
    await run(download(server.url, { folder, name: 'one' }))
    await expect(run(download(server.url, { folder, name: 'two' }))).rejects.toMatchObject({
      errorClass: 'disk',
    })
    expect(await readdir(folder)).toEqual(['one'])
  })

  test(
    'for one process alone (a quota) is told of in the same way',
    async () => {
      const folder = await makeFolder()
      await mkdir(folder.inside)
      await using server = await serveFile(CONTENT)
      const limits = { fileBytes: 10_240_000 }
      const { code, result } = await startDownloader(server.url, folder.inside, limits).ended
      expect(code).toBe(1)
      expect(result).toMatchObject({ name: 'DiskError' })
      expect((await folder.names()).includes('file.bin')).toBe(false)
    },
    LONG_MS,
  )
})

test('a server whose certificate nobody has signed is not tried again', async () => {
  const folder = await makeFolder()
  let connections = 0
  const server = createServer(localhost, (_, response) => response.end('x'))
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  await expect(
    run(download(`https://127.0.0.1:${port}/x`, { folder: folder.inside })),
  ).rejects.toMatchObject({ code: 'ERR_DOWNLOAD_INSECURE', errorClass: 'network', attempts: 1 })
  expect(connections).toBe(1)
  expect(await folder.names()).toEqual([])
})
