import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { transformWithOxc } from 'vite'
import { exampleToModule } from '../lib/doc-code.mjs'
import { findExamples } from '../lib/doc-fences.mjs'
import { exportedNames } from '../lib/exported-names.mjs'
import { root } from '../lib/root.mjs'

const listId = 'virtual:doc-examples'
const exampleId = /^(.+)\?example=(\d+)$/

/**
 * Gives the runnable examples to examples.test.ts: the list as `virtual:doc-examples`, each example
 * as a module `<file>?example=<n>` beside the file's own, so that an example can import the very
 * file it stands in.
 */
export function docExamples() {
  return {
    name: 'doc-examples',
    enforce: 'pre',
    resolveId(id) {
      if (id === listId) return `\0${listId}`
      return exampleId.test(id) ? id : null
    },
    load(id) {
      if (id === `\0${listId}`) return listModule()
      const match = exampleId.exec(id)
      return match === null ? null : exampleModule(match[1], Number(match[2]))
    },
  }
}

function listModule() {
  const files = documents()
    .map((file) => ({ file, examples: findExamples(file, readFileSync(file, 'utf8')) }))
    .filter(({ examples }) => examples.length > 0)
  const rows = files.map(({ file, examples }) => {
    const entries = examples.map(
      ({ line }, n) =>
        `{ line: ${line}, load: () => import(${JSON.stringify(`${file}?example=${n}`)}) }`,
    )
    return `{ path: ${JSON.stringify(relative(root, file))}, examples: [${entries.join(', ')}] }`
  })
  return `export const files = [${rows.join(',\n')}]`
}

async function exampleModule(file, n) {
  const example = findExamples(file, readFileSync(file, 'utf8'))[n]
  const exported = example.docComment ? namesFor(file) : new Map()
  const { code, expectations } = exampleToModule(example.code, { line: example.line, exported })
  const result = await transformWithOxc(
    `${code}\nexport const __expectations = ${expectations}`,
    file,
    { lang: 'ts', target: 'es2023', sourcemap: true },
  )
  return { code: result.code, map: result.map }
}

/** Name → module, for what the runtime and the file's own package export. */
function namesFor(file) {
  const folders = [join(root, 'packages', 'hocket')]
  const own = /^(.*[/\\]packages[/\\][^/\\]+)[/\\]src[/\\]/.exec(file)?.[1]
  if (own !== undefined && own !== folders[0]) folders.push(own)
  const values = folders.flatMap(exportedNames).filter(({ isType }) => !isType)
  return new Map(values.map(({ name, from }) => [name, from]))
}

function documents() {
  const pages = readdirSync(root).filter((name) => name.endsWith('.md'))
  const found = pages.map((name) => join(root, name))
  for (const area of ['packages', 'docs', 'examples', 'conformance', 'benchmarks']) {
    walk(join(root, area), found)
  }
  return found.sort()
}

function walk(folder, found) {
  let entries
  try {
    entries = readdirSync(folder, { withFileTypes: true })
  } catch {
    return
  }
  for (const entry of entries) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'test', 'etc', '.spelled'].includes(entry.name))
        walk(path, found)
    } else if (
      entry.name.endsWith('.md') ||
      /[/\\]packages[/\\][^/\\]+[/\\]src[/\\].*\.ts$/.test(path)
    ) {
      found.push(path)
    }
  }
}
