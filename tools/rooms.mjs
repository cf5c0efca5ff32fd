// Fails where an import runs uphill: between packages, or between the rooms of one package.
// TypeScript's project references do not say anything there.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { importsOf } from './lib/imports.mjs'
import { judgeImport } from './lib/room-rules.mjs'
import { root } from './lib/root.mjs'

const plan = JSON.parse(readFileSync(new URL('rooms.json', import.meta.url), 'utf8'))
let files = 0
let imports = 0
const complaints = []

for (const folder of readdirSync(join(root, 'packages'))) {
  if (!Object.values(plan).some((entry) => entry.folder === `packages/${folder}`)) {
    complaints.push(`packages/${folder} is not in tools/rooms.json. Give it its place there.`)
  }
}
for (const [owner, { folder }] of Object.entries(plan)) {
  for (const part of ['src', 'test']) {
    for (const path of sources(join(root, folder), part)) {
      files++
      const text = readFileSync(join(root, folder, path), 'utf8')
      for (const found of importsOf(path, text)) {
        imports++
        const wrong = judgeImport(plan, { owner, path }, found)
        if (wrong === null) continue
        complaints.push(`${folder}/${path}:${found.line}  '${found.specifier}' ${wrong}`)
      }
    }
  }
}

for (const complaint of complaints) console.error(complaint)
console.log(
  `rooms: ${files} files, ${imports} imports, ${complaints.length} in the wrong direction`,
)
process.exitCode = complaints.length > 0 ? 1 : 0

function* sources(folder, path) {
  let entries
  try {
    entries = readdirSync(join(folder, path), { withFileTypes: true })
  } catch {
    return
  }
  for (const entry of entries) {
    const inner = posix.join(path, entry.name)
    if (entry.isDirectory()) yield* sources(folder, inner)
    else if (/\.[cm]?[jt]s$/.test(entry.name)) yield inner
  }
}
