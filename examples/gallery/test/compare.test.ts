import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findDifferent } from '../src/compare.ts'

test('finds the file in which one bit is not as in the original', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hocket-gallery-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const contents = [Buffer.from('one'), Buffer.from('two')]
  const originals = contents.map((content) => ({
    sha256: createHash('sha256').update(content).digest('hex'),
  }))
  const files = ['1', '2'].map((name) => ({ path: join(folder, name) }))
  await writeFile(files[0]?.path ?? '', 'one')
  await writeFile(files[1]?.path ?? '', 'two')
  expect(await findDifferent(originals, files)).toEqual([])
  await writeFile(files[1]?.path ?? '', 'twn')
  expect(await findDifferent(originals, files)).toEqual([files[1]?.path])
})
