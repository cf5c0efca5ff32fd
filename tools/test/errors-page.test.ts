import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../lib/root.mjs'
import { publishedPackages } from '../lib/run.mjs'

// docs/errors.md and the sources have to tell of the same errors, in both directions. A command has
// lines and exit codes in place of errors.
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8')
const libraries: { folder: string }[] = publishedPackages()
const sources: string[] = libraries.filter(isLibrary).flatMap(({ folder }) =>
  readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(folder, 'src', path), 'utf8')),
)

function isLibrary({ folder }: { folder: string }): boolean {
  return !folder.endsWith('cli')
}

const all = (text: string, pattern: RegExp): string[] =>
  Array.from(text.matchAll(pattern), ([, name]) => name ?? '')
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b))
const sorted = (names: Iterable<string>): string[] => Array.from(names).sort(compare)

test('the page has each code that the sources have, once, and no other', () => {
  const documented = all(page, /^\| `\w+` \| `(\w+)` \|/gm)
  const inSources = new Set(sources.flatMap((text) => all(text, /'(ERR_[A-Z_]+)'/g)))
  expect(sorted(documented)).toEqual(sorted(inSources))
  expect(documented).toContain('ERR_DOWNLOAD_DISK')
})

test('the tree of the page has each error class of the sources, and no other', () => {
  const tree = /^```\n(Error\n[^`]+)```/m.exec(page)?.[1] ?? ''
  const documented = all(tree.replace(/\(.*\)/g, ''), /(\w+)/g)
  const inSources = sources.flatMap((text) =>
    all(
      text,
      /^export (?:abstract )?class (\w+)(?:<[^>]*>)? extends (?:\w*Error|BrokenExecutor)\b/gm,
    ),
  )
  expect(sorted(documented)).toEqual(sorted(['Error', ...inSources]))
  expect(documented).toContain('GreenletExit')
})
