import { existsSync } from 'node:fs'
import { open, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { closedOrigin, makeFolder, namesIn, serve, site } from '@hocket/test-support'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { start } from '../support/start.ts'

// Each test starts a program, which compiles its sources first.
vi.setConfig({ testTimeout: 60_000 })

const content = Buffer.from(Array.from({ length: 4_000_000 }, (_, i) => (i * i) % 251))

/** A file that can be resumed; of the first answer, half comes, and then nothing until `open`. */
async function serveHalf() {
  const ranges: (string | undefined)[] = []
  let isOpen = false
  const origin = await serve(({ headers, url }, response) => {
    if (url !== '/big') {
      response.end(`this is ${url}`)
      return
    }
    ranges.push(headers.range)
    const from = Number(/^bytes=(\d+)-\d*$/.exec(headers.range ?? '')?.[1] ?? 0)
    response.writeHead(from > 0 ? 206 : 200, {
      etag: '"v1"',
      'accept-ranges': 'bytes',
      'content-length': content.length - from,
      ...(from > 0 && { 'content-range': `bytes ${from}-${content.length - 1}/${content.length}` }),
    })
    if (isOpen) response.end(content.subarray(from))
    else response.write(content.subarray(from, content.length / 2))
  })
  return {
    origin,
    ranges,
    open: () => {
      isOpen = true
    },
  }
}

/** Until all of the first half is on the disk. */
async function halfIsHere(folder: string): Promise<void> {
  await vi.waitUntil(
    async () => {
      const found = await stat(join(folder, 'big.part')).catch(() => null)
      return found !== null && found.size >= 1_000_000
    },
    { timeout: 30_000 },
  )
}

test('what is left of the program ends with the code', async () => {
  const folder = await makeFolder()
  const args = ['get', '-d', folder, '--retries', '0', `${await closedOrigin()}/a`]
  const { code, signal, stderr } = await start(args).ended
  expect({ code, signal, stderr }).toEqual({ code: 4, signal: null, stderr: '' })
})

describe('Ctrl-C', () => {
  test('ends it with 130, and the command that it prints goes on from there', async () => {
    const { origin, ranges, open } = await serveHalf()
    const folder = await makeFolder()
    const { child, output, ended } = start(['get', '-d', folder, `${origin}/a`, `${origin}/big`])
    await vi.waitUntil(() => output.stdout.includes('✓'), { timeout: 30_000 })
    await halfIsHere(folder)
    child.kill('SIGINT')
    const { code, signal, stdout, stderr } = await ended
    expect({ code, signal }).toEqual({ code: 130, signal: null })
    expect(stdout).toMatch(/^1 of 2 files, .*, 1 not done$/m)
    expect(await namesIn(folder)).toEqual(['a', 'big.part', 'big.part.json'])

    // The very command, without a shell: nothing in it needs one.
    const [, command = ''] = /^interrupted: .*\n {2}hocket (.*)\n$/.exec(stderr) ?? []
    expect(command).toBe(`get -d ${folder} ${origin}/a ${origin}/big --if-exists skip`)
    open()
    const second = await start(command.split(' ')).ended
    expect(second).toMatchObject({ code: 0, stderr: '' })
    expect(second.stdout).toMatch(/^= .*\/a .* is there already$/m)
    expect(second.stdout).toMatch(/^✓ .*\/big .* of it were here before$/m)
    expect(ranges).toEqual([undefined, expect.stringMatching(/^bytes=[1-9]\d{5,}-/)])
    expect(await namesIn(folder)).toEqual(['a', 'big'])
    expect(content.equals(await readFile(join(folder, 'big')))).toBe(true)
  })

  test('--json tells of all files, and how to go on, in the summary', async () => {
    const { origin } = await serveHalf()
    const folder = await makeFolder()
    await writeFile(join(folder, 'list'), `${origin}/big\n${origin}/big?other\n`)
    const args = ['get', '--json', '-j', '1', '-i', join(folder, 'list'), '-d', folder]
    const { child, ended } = start(args)
    await halfIsHere(folder)
    child.kill('SIGTERM')
    const { code, stdout } = await ended
    expect(code).toBe(130)
    const objects = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(objects.map(({ type, status, line }) => [type, status, line])).toEqual([
      ['file', 'cancelled', 1],
      ['file', 'cancelled', 2],
      ['summary', undefined, undefined],
    ])
    expect(objects[2]).toMatchObject({
      outcome: 'interrupted',
      cancelled: 2,
      exitCode: 130,
      resume: `hocket ${args.join(' ')} --if-exists skip`,
    })
  })

  test('a second one ends at once', async () => {
    const { origin } = await serveHalf()
    const folder = await makeFolder()
    const { child, ended } = start(['get', '-d', folder, `${origin}/big`])
    await halfIsHere(folder)
    // Both are there before the program looks at the first.
    child.kill('SIGSTOP')
    child.kill('SIGINT')
    child.kill('SIGTERM')
    child.kill('SIGCONT')
    const { code, signal } = await ended
    expect(code).toBe(null)
    expect(['SIGINT', 'SIGTERM']).toContain(signal)
    expect(await namesIn(folder)).not.toContain('big')
  })

  test('kill -9 leaves nothing that the next run would not see through', async () => {
    const { origin, open } = await serveHalf()
    const folder = await makeFolder()
    const { child, ended } = start(['get', '-d', folder, `${origin}/big`])
    await halfIsHere(folder)
    child.kill('SIGKILL')
    await ended
    expect(await namesIn(folder)).not.toContain('big')
    open()
    expect((await start(['get', '-d', folder, `${origin}/big`]).ended).code).toBe(0)
    expect(await namesIn(folder)).toEqual(['big'])
    expect(content.equals(await readFile(join(folder, 'big')))).toBe(true)
  })
})

test('a reader that goes away ends it', async () => {
  const origin = await serve(site)
  const folder = await makeFolder()
  const urls = Array.from({ length: 50 }, (_, i) => `${origin}/${i}`)
  const { child, ended } = start(['get', '--json', '-d', folder, ...urls])
  child.stdout.destroy()
  const { code, stderr } = await ended
  expect(code).toBe(141)
  expect(stderr).toMatch(/^interrupted: what has come is kept\. To go on from there:\n.*\n$/)
  expect((await namesIn(folder)).filter((name) => name.endsWith('.part'))).toEqual([])
})

test.skipIf(!existsSync('/dev/full'))('an output that is full ends it, too', async () => {
  const folder = await makeFolder()
  const full = await open('/dev/full', 'w')
  onTestFinished(() => full.close())
  const args = ['get', '--json', '-d', folder, `${await serve(site)}/a`]
  const { code, stderr } = await start(args, { stdout: full.fd }).ended
  expect(code).toBe(5)
  expect(stderr).toContain("hocket: the output can't be written: ENOSPC")
})

test('a list from another program', async () => {
  const origin = await serve(site)
  const folder = await makeFolder()
  const { child, ended } = start(['get', '-i', '-', '-d', folder])
  child.stdin.end(`${origin}/a\n${origin}/b`)
  expect(await ended).toMatchObject({ code: 0, stderr: '' })
  expect(await namesIn(folder)).toEqual(['a', 'b'])
})
