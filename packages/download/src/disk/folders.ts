import { mkdirSync, statSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { errno } from './errno.ts'

const made = new Set<string>()

/** Makes the folder if need be; asks the disk once for each. */
export function makeFolder(folder: string): void {
  const path = resolve(folder)
  if (made.has(path)) return
  make(path)
  made.add(path)
}

/** For when something in it was not found. */
export function forgetFolder(folder: string): void {
  made.delete(resolve(folder))
}

/**
 * With its parents. The `recursive` of Node 20 never ends where a folder that is there can't have
 * another one in it, as in /proc.
 */
function make(path: string): void {
  try {
    mkdirSync(path)
  } catch (error) {
    if (errno(error) === 'ENOENT' && !isFolder(dirname(path))) {
      make(dirname(path))
      make(path)
    } else if (!isFolder(path)) throw error
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/** Brings the names in it to the disk, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
