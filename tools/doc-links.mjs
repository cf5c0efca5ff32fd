// Fails where a {@link …} of a doc comment names neither something public nor a global. api-extractor
// would also refuse {@link TypeError}, so it is told not to look.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deadLinks } from './lib/doc-link-rules.mjs'
import { exportedNames } from './lib/exported-names.mjs'
import { publishedPackages } from './lib/run.mjs'

const packages = publishedPackages()
const names = new Set(
  packages.flatMap(({ folder }) => exportedNames(folder)).map(({ name }) => name),
)
const isKnown = (name) => names.has(name) || name in globalThis
let dead = 0
for (const { path, folder } of packages) {
  for (const file of readdirSync(join(folder, 'src'), { recursive: true })) {
    if (!file.endsWith('.ts')) continue
    const text = readFileSync(join(folder, 'src', file), 'utf8')
    for (const { target, line } of deadLinks(text, isKnown)) {
      dead++
      console.error(
        `${path}/src/${file}:${line}  {@link ${target}} is neither public, nor a global, nor of this file`,
      )
    }
  }
}
process.exitCode = dead > 0 ? 1 : 0
