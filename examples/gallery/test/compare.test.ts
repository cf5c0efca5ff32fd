import { createHash } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeFolder } from '@hocket/test-support'
import { expect, test } from 'vitest'
import { findWrong } from '../src/compare.ts'

test('finds what is not there, not the original, or too much', async () => {
  const folder = await makeFolder()
  const originals = ['one', 'two', 'cut'].map((name) => ({
    name,
    sha256: createHash('sha256').update(name).digest('hex'),
    flaw: name === 'cut' ? 'broken' : null,
  }))
  const paths = [join(folder, 'one'), join(folder, 'two'), null]
  for (const path of paths) if (path !== null) await writeFile(path, path.slice(-3))
  expect(await findWrong(originals, paths, folder)).toEqual([])

  await writeFile(join(folder, 'two'), 'twn')
  expect(await findWrong(originals, paths, folder)).toEqual([
    `${join(folder, 'two')} is not the original`,
  ])
  expect(await findWrong(originals, [paths[0] ?? null, null, join(folder, 'two')], folder)).toEqual(
    ['two was not downloaded', `${join(folder, 'two')} can't be whole: the server cuts it`],
  )
  await rm(join(folder, 'two'))
  await writeFile(join(folder, 'two'), 'two')
  await writeFile(join(folder, 'cut.part'), 'c')
  expect(await findWrong(originals, paths, folder)).toEqual([`cut.part was left in ${folder}`])
})
