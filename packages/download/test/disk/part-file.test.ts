import { execFileSync } from 'node:child_process'
import { link, mkdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { NextNumbers } from '../../src/disk/next-numbers.ts'
import { createPartFile, resumePartFile } from '../../src/disk/open-part.ts'
import { beOwner, isAlive, randomNonce, release } from '../../src/disk/owner.ts'
import type { PartFile } from '../../src/disk/part-file.ts'
import type { PartRecord } from '../../src/disk/sidecar.ts'
import { SmallFiles } from '../../src/disk/small-file.ts'
import { makeFolder, type TestFolder } from '../fixtures/folder.ts'

const never = new AbortController().signal
const bytes = (text: string) => new TextEncoder().encode(text)
const URL_OF = 'http://a/x'
const SIDECARS = new Set(['a.txt.part.json'])

/** What `link` does on a file system that has no hard links. */
const cannotLink = () =>
  Promise.reject(Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' }))

const record = (size: number | null, resumable = true): PartRecord => ({
  urls: [URL_OF],
  source: URL_OF,
  size,
  etag: '"1"',
  lastModified: null,
  resumable,
})

async function made(folder: TestFolder, name = 'a.txt', size: number | null = 7) {
  await mkdir(folder.inside, { recursive: true })
  return await createPartFile(folder.inside, name, record(size), { sync: false })
}

const write = (part: PartFile, text: string, at: number) => {
  const chunk = bytes(text)
  return part.write(chunk, at)
}

async function said(folder: TestFolder, name = 'a.txt') {
  return JSON.parse(await readFile(join(folder.inside, `${name}.part.json`), 'utf8'))
}

describe('a part file', () => {
  test('grows in any order under its own name, and gets the final one in the end', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await Promise.all([write(part, 'two', 4), write(part, 'one ', 0)])
    expect(await folder.names()).toEqual(['a.txt.part', 'a.txt.part.json'])
    await part.finish(7)
    const path = await part.commit(never)
    expect(await folder.names()).toEqual(['a.txt'])
    expect(await readFile(path, 'utf8')).toBe('one two')
  })

  test('is not finished with a hole, or with less', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await write(part, 'two', 4)
    await expect(part.finish(7)).rejects.toThrow('something cut it')
    await part.discard()
    expect(await folder.names()).toEqual([])
  })

  test('says in its sidecar only what is written', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await write(part, 'one', 0)
    expect((await said(folder)).done).toEqual([])
    await part.checkpoint()
    expect((await said(folder)).done).toEqual([[0, 3]])
    await write(part, 'x', 6)
    await part.checkpoint()
    expect((await said(folder)).done).toEqual([
      [0, 3],
      [6, 7],
    ])
    await part.restart(record(9))
    expect(await said(folder)).toMatchObject({ done: [], size: 9 })
    await part.discard()
  })

  test('that is suspended is taken up by one, and by one only', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await write(part, 'one', 0)
    await part.suspend()
    await part.suspend()
    expect(await folder.names()).toEqual(['a.txt.part', 'a.txt.part.json'])
    const resume = () => resumePartFile(folder.inside, 'a.txt', URL_OF, { sync: false }, SIDECARS)
    const all = await Promise.all([resume(), resume(), resume()])
    const [one, ...more] = all.filter((found) => found !== null)
    expect(more).toEqual([])
    expect(one?.done.toJSON()).toEqual([[0, 3]])
    await write(one as PartFile, ' two', 3)
    await one?.finish(7)
    expect(await readFile(await (one as PartFile).commit(never), 'utf8')).toBe('one two')
    expect(await folder.names()).toEqual(['a.txt'])
  })

  test('is not taken up while somebody writes it, nor by another URL', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await write(part, 'one', 0)
    await part.checkpoint()
    const resume = (url: string) =>
      resumePartFile(folder.inside, 'a.txt', url, { sync: false }, SIDECARS)
    expect(await resume(URL_OF)).toBe(null)
    await part.suspend()
    expect(await resume('http://a/y')).toBe(null)
  })

  test('with nothing in it, or that can not be resumed, is removed when it is suspended', async () => {
    const folder = await makeFolder()
    await (await made(folder)).suspend()
    const part = await createPartFile(folder.inside, 'b', record(9, false), { sync: false })
    await write(part, 'one', 0)
    await part.suspend()
    expect(await folder.names()).toEqual([])
  })

  test('that is shorter than its sidecar says has lost its end', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await write(part, 'one two', 0)
    await part.suspend()
    await writeFile(part.path, 'one')
    const again = await resumePartFile(folder.inside, 'a.txt', URL_OF, { sync: false }, SIDECARS)
    expect(again?.done.toJSON()).toEqual([[0, 3]])
    // Said before anything is written behind it: what is a hole now must never count as there.
    expect((await said(folder)).done).toEqual([[0, 3]])
    await again?.discard()
  })

  test('that is gone is begun anew', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await write(part, 'one', 0)
    await part.suspend()
    await unlink(part.path)
    const again = await resumePartFile(folder.inside, 'a.txt', URL_OF, { sync: false }, SIDECARS)
    expect(again?.done.bytes).toBe(0)
    expect((await said(folder)).done).toEqual([])
    await again?.discard()
  })

  test('is never opened through a link, or where it has another name too', async () => {
    const folder = await makeFolder()
    const outside = join(folder.inside, '..', 'outside')
    const part = await made(folder)
    await write(part, 'one', 0)
    await part.suspend()
    const sidecar = await readFile(`${part.path}.json`)
    const resume = () => resumePartFile(folder.inside, 'a.txt', URL_OF, { sync: false }, SIDECARS)

    await unlink(part.path)
    await writeFile(outside, 'precious')
    await symlink(outside, part.path)
    expect(await resume()).toBe(null)

    await unlink(part.path)
    await writeFile(`${part.path}.json`, sidecar)
    await link(outside, part.path)
    // Its content is under the other name: this is what a kill at the very end leaves.
    const again = await resume()
    expect(again?.done.bytes).toBe(0)
    await again?.discard()
    expect(await readFile(outside, 'utf8')).toBe('precious')
  })

  test('stands aside for files of others', async () => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    await writeFile(join(folder.inside, 'a.txt.part'), 'mine')
    await symlink('nowhere', join(folder.inside, 'a (1).txt.part'))
    const part = await made(folder)
    expect(part.path).toBe(join(folder.inside, 'a (2).txt.part'))
    await write(part, 'one two', 0)
    await part.finish(7)
    expect(await part.commit(never)).toBe(join(folder.inside, 'a.txt'))
    expect(await readFile(join(folder.inside, 'a.txt.part'), 'utf8')).toBe('mine')
  })

  test('gets no final name once its signal is aborted', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await write(part, 'one two', 0)
    await expect(part.commit(AbortSignal.abort('stop'))).rejects.toBe('stop')
    expect(await folder.names()).toEqual(['a.txt.part', 'a.txt.part.json'])
    await part.discard()
    expect(await folder.names()).toEqual([])
  })

  test('has room for all its suffixes in the longest name there is', async () => {
    const folder = await makeFolder()
    const name = `${'a'.repeat(251)}.txt`
    const part = await made(folder, name)
    await write(part, 'one two', 0)
    await part.checkpoint()
    await part.finish(7)
    expect(await part.commit(never)).toBe(join(folder.inside, name))
  })

  test('overwrites nothing where there are no hard links', async () => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    for (const text of ['1234567', 'abcdefg']) {
      const options = { sync: true, syncFolder: true, makeLink: cannotLink }
      const part = await createPartFile(folder.inside, 'a.txt', record(7), options)
      await write(part, text, 0)
      await part.finish(7)
      await part.commit(never)
    }
    expect(await folder.names()).toEqual(['a (1).txt', 'a.txt'])
    expect(await readFile(join(folder.inside, 'a.txt'), 'utf8')).toBe('1234567')
  })
})

describe('a small file', () => {
  const save = async (files: SmallFiles, folder: TestFolder, text: string) =>
    files.writeNow(folder.inside, 'a.txt', bytes(text)) ??
    (await files.write(folder.inside, 'a.txt', bytes(text), never))

  test.each([
    ['at once', new SmallFiles({ sync: false })],
    ['flushed', new SmallFiles({ sync: true })],
    ['without links', new SmallFiles({ sync: false, makeLink: cannotLink })],
  ])('written %s overwrites nothing and leaves nothing', async (_, files) => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    await writeFile(join(folder.inside, 'a.txt'), 'old')
    await symlink('nowhere', join(folder.inside, 'a (1).txt'))
    expect(await save(files, folder, 'new')).toBe(join(folder.inside, 'a (2).txt'))
    expect(await save(files, folder, '')).toBe(join(folder.inside, 'a (3).txt'))
    expect(await folder.names()).toEqual(['a (1).txt', 'a (2).txt', 'a (3).txt', 'a.txt'])
    expect(await readFile(join(folder.inside, 'a.txt'), 'utf8')).toBe('old')
    expect(await readFile(join(folder.inside, 'a (2).txt'), 'utf8')).toBe('new')
  })

  test('asks for no name again that was given in this run', async () => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    await writeFile(join(folder.inside, 'a.txt'), 'old')
    const asked: string[] = []
    const makeLink: typeof link = async (from, to) => {
      asked.push(basename(String(to)))
      await link(from, to)
    }
    const numbers = new NextNumbers()
    const files = new SmallFiles({ sync: false, numbers, makeLink })
    for (let i = 0; i < 3; i++) await save(files, folder, 'x')
    expect(asked).toEqual(['a.txt', 'a (1).txt', 'a (2).txt', 'a (3).txt'])
    expect(await save(new SmallFiles({ sync: false, numbers }), folder, 'y')).toMatch(/a \(4\)/)
    expect(numbers.of(folder.inside, 'a.txt')).toBe(5)
  })

  test('at once has its folder made', async () => {
    const folder = await makeFolder()
    const within = join(folder.inside, 'b', 'c')
    const path = new SmallFiles({ sync: false }).writeNow(within, 'a.txt', bytes('new'))
    expect(path).toBe(join(within, 'a.txt'))
    expect(await readFile(join(within, 'a.txt'), 'utf8')).toBe('new')
  })
})

describe('what is called like a sidecar', () => {
  const isNone = async (folder: TestFolder) =>
    await resumePartFile(folder.inside, 'a.txt', URL_OF, { sync: false }, SIDECARS)

  test.skipIf(process.platform === 'win32')('and is a pipe holds nobody up', async () => {
    const folder = await makeFolder()
    await mkdir(folder.inside)
    execFileSync('mkfifo', [join(folder.inside, 'a.txt.part.json')])
    expect(await isNone(folder)).toBeNull()
  })

  test('and is a link, or longer than any of ours, is not read', async () => {
    const folder = await makeFolder()
    const part = await made(folder)
    await write(part, '1234', 0)
    await part.suspend()
    const path = join(folder.inside, 'a.txt.part.json')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.padEnd(2 * 1024 * 1024))
    expect(await isNone(folder)).toBeNull()
    await writeFile(join(folder.inside, 'elsewhere'), text)
    await rm(path)
    await symlink('elsewhere', path)
    expect(await isNone(folder)).toBeNull()
    await rm(path)
    await writeFile(path, text)
    const found = await isNone(folder)
    expect(found).not.toBeNull()
    await found?.discard()
  })
})

describe('an owner', () => {
  test('is alive until it lets go', () => {
    const owner = beOwner()
    expect(isAlive(owner)).toBe(true)
    release(owner)
    expect(isAlive(owner)).toBe(false)
  })

  test('of a process that is gone is gone; of another machine, nobody knows', () => {
    const owner = beOwner()
    release(owner)
    // Larger than any system hands out.
    expect(isAlive({ ...owner, pid: 2 ** 30 })).toBe(false)
    expect(isAlive({ ...owner, pid: process.ppid, started: '' })).toBe(true)
    expect(isAlive({ ...owner, thread: 77 })).toBe(true)
    expect(isAlive({ ...owner, host: 'elsewhere' })).toBe(true)
  })

  test.skipIf(process.platform !== 'linux')('whose number has come back is gone', () => {
    const owner = beOwner()
    release(owner)
    expect(isAlive({ ...owner, pid: process.ppid, started: 'another boot:1' })).toBe(false)
    expect(isAlive({ ...owner, started: 'another boot:1', thread: 77 })).toBe(false)
  })

  test('has a number of its own', () => {
    const nonces = new Set(Array.from({ length: 1_000 }, randomNonce))
    expect(nonces.size).toBe(1_000)
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{16}$/)
  })
})
