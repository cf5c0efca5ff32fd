import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseSync } from 'oxc-parser'

/** What the entries of a package export: `{ name, from, isType }`, the main entry last. */
export function exportedNames(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const found = []
  for (const [path, entry] of Object.entries(manifest.exports).reverse()) {
    const source = entry['@hocket/source']
    if (source === undefined) continue
    const { module } = parseSync(source, readFileSync(join(folder, source), 'utf8'))
    for (const { exportName, isType } of module.staticExports.flatMap(({ entries }) => entries)) {
      if (exportName.name === null) continue
      found.push({ name: exportName.name, from: manifest.name + path.slice(1), isType })
    }
  }
  return found
}
