import { mkdir, open } from 'node:fs/promises'
import { resolve } from 'node:path'

const made = new Set<string>()

/** Makes the folder if need be; asks the disk once for each. */
export async function makeFolder(folder: string): Promise<void> {
  const path = resolve(folder)
  if (made.has(path)) return
  await mkdir(path, { recursive: true })
  made.add(path)
}

/** For when something in it was not found. */
export function forgetFolder(folder: string): void {
  made.delete(resolve(folder))
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
