import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../lib/root.mjs'
import { publishedPackages } from '../lib/run.mjs'

// docs/errors.md and the sources have to tell of the same errors, in both directions.
const page = readFileSync(join(root, 'docs/errors.md'), 'utf8')
const sources = publishedPackages().flatMap(({ folder }) =>
  readdirSync(join(folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => readFileSync(join(folder, 'src', path), 'utf8')),
)

const all = (text: string, pattern: RegExp) => Array.from(text.matchAll(pattern), ([, it]) => it)
const sorted = (names: Iterable<string | undefined>) => [...names].sort()

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
    all(text, /^export (?:abstract )?class (\w+) extends \w*Error\b/gm),
  )
  expect(sorted(documented)).toEqual(sorted(['Error', ...inSources]))
  expect(documented).toContain('GreenletExit')
})
