import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PartFile } from '../src/part-file.ts'
import { makeFolder } from './fixtures/folder.ts'

const never = new AbortController().signal
const bytes = (text: string) => new TextEncoder().encode(text)

/** What `link` does on a file system that has no hard links. */
const cannotLink = () =>
  Promise.reject(Object.assign(new Error('EPERM: operation not permitted'), { code: 'EPERM' }))

describe('a part file', () => {
  test('grows under its own name and gets the final one in the end', async () => {
    const folder = await makeFolder()
    const file = new PartFile(folder.inside)
    await file.create('a.txt')
    await file.write(bytes('one '))
    await file.write(bytes('two'))
    expect(await folder.names()).toEqual(['a.txt.part'])
    const path = await file.commit(never)
    expect(await folder.names()).toEqual(['a.txt'])
    expect(await readFile(path, 'utf8')).toBe('one two')
  })

  test('that is discarded is gone; discarding again, or after the end, does nothing', async () => {
    const folder = await makeFolder()
    const file = new PartFile(folder.inside)
    await file.discard()
    await file.create('a.txt')
    await file.discard()
    await file.discard()
    expect(await folder.names()).toEqual([])

    const kept = new PartFile(folder.inside)
    await kept.create('b.txt')
    await kept.commit(never)
    await kept.discard()
    expect(await folder.names()).toEqual(['b.txt'])
  })

  test('gets no final name once its signal is aborted', async () => {
    const folder = await makeFolder()
    const file = new PartFile(folder.inside)
    await file.create('a.txt')
    await expect(file.commit(AbortSignal.abort('stop'))).rejects.toBe('stop')
    expect(await folder.names()).toEqual(['a.txt.part'])
    await file.discard()
    expect(await folder.names()).toEqual([])
  })

  test('refuses to be written before it is made', async () => {
    const folder = await makeFolder()
    await expect(new PartFile(folder.inside).write(bytes('x'))).rejects.toThrow(
      'expected an open part file, got one before create() or after its end',
    )
  })

  test('has room for its suffix and its number in the longest name there is', async () => {
    const folder = await makeFolder()
    const name = `${'a'.repeat(251)}.txt`
    await mkdir(folder.inside)
    await writeFile(join(folder.inside, name), 'taken')
    const file = new PartFile(folder.inside)
    await file.create(name)
    expect(await folder.names()).toEqual([name, `${'a'.repeat(246)}.txt.part`].sort())
    expect(basename(await file.commit(never))).toBe(`${'a'.repeat(247)} (1).txt`)
  })
})

describe('where there are no hard links', () => {
  test('the file still gets its name, and overwrites nothing', async () => {
    const folder = await makeFolder()
    for (const text of ['first', 'second']) {
      const file = new PartFile(folder.inside, cannotLink)
      await file.create('a.txt')
      await file.write(bytes(text))
      await file.commit(never)
    }
    expect(await folder.names()).toEqual(['a (1).txt', 'a.txt'])
    expect(await readFile(join(folder.inside, 'a.txt'), 'utf8')).toBe('first')
    expect(await readFile(join(folder.inside, 'a (1).txt'), 'utf8')).toBe('second')
  })
})
