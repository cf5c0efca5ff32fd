import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Why the installed packages do not fit the lockfile, or null when they do.
 *
 * npm writes what it has installed to `node_modules/.package-lock.json` as its last act, so an
 * interrupted install has no such file. Its entries are compared with the lockfile's by content:
 * a changed time stamp (a fresh clone, a branch switched to and fro) is no reason to install anew.
 */
export function whyInstall(folder) {
  const wanted = readLock(join(folder, 'package-lock.json'))
  if (wanted === null) return 'package-lock.json is missing or unreadable'
  const installed = readLock(join(folder, 'node_modules', '.package-lock.json'))
  if (installed === null) return 'nothing is installed yet'
  for (const [path, entry] of Object.entries(wanted)) {
    // Workspaces are links to folders of ours; the links have entries of their own.
    if (!path.startsWith('node_modules/')) continue
    const found = installed[path]
    if (found === undefined) {
      if (entry.optional || entry.devOptional) continue
      return `${path} is not installed`
    }
    if (found.version !== entry.version || found.link !== entry.link) {
      return `${path} is ${found.version}, the lockfile wants ${entry.version}`
    }
  }
  return null
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null
  } catch {
    return null
  }
}
