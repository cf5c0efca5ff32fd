import { closeSync, linkSync, openSync, unlinkSync, writeSync } from 'node:fs'
import { open, unlink } from 'node:fs/promises'
import { numberedName } from '../plan/safe-name.ts'
import { errno, ignore, NO_LINKS } from './errno.ts'
import { giveFinalName, type Naming, numberedPath } from './final-name.ts'
import { forgetFolder, makeFolder, syncFolder } from './folders.ts'
import { randomNonce } from './owner.ts'
import { writeAll } from './write-all.ts'

// More would hold up the other tasks, even on a fast disk.
const AT_ONCE_BYTES = 256 * 1024
// Such a disk is far away, or busy: there the system's threads are better.
const SLOW_MS = 10
// After some dozen files it may have become fast again.
const FORGETTING = 0.98
// One slow file in a row of fast ones is not yet a slow disk.
const WEIGHT = 1 / 16

/**
 * Whole contents put into files, by one temporary file of a unique name each, which nobody resumes.
 *
 * Small ones are written at once, in five calls of the system: on a local disk these take some ten
 * microseconds, and handing each of them to another thread would take several times as long. Where
 * they turn out slow, that is done all the same.
 */
export class SmallFiles {
  private readonly options: Naming & { sync: boolean }
  private averageMs = 0

  constructor(options: Naming & { sync: boolean }) {
    this.options = options
  }

  /** Whether it would be written in one go. */
  isQuickWith(content: Uint8Array): boolean {
    if (this.averageMs > SLOW_MS || content.length > AT_ONCE_BYTES) return false
    return !this.options.sync && this.options.makeLink === undefined
  }

  /**
   * Writes a file whose content is here without a suspension, in a folder that is made if need be; gives
   * its path, or null if that is not for this disk, file or name.
   */
  writeNow(folder: string, name: string, content: Uint8Array): string | null {
    if (!this.isQuickWith(content)) return null
    const began = performance.now()
    const { numbers } = this.options
    const count = numbers?.of(folder, name) ?? 0
    const path = inFolder(folder, () => writeFile(folder, numberedName(name, count), content))
    if (path !== null) numbers?.taken(folder, name, count)
    this.averageMs += (performance.now() - began - this.averageMs) * WEIGHT
    return path
  }

  /** Writes it under the first free name, by the system's threads, in a folder that is there. */
  async write(
    folder: string,
    name: string,
    content: Uint8Array,
    signal: AbortSignal,
  ): Promise<string> {
    this.averageMs *= FORGETTING
    const temporary = temporaryPath(folder, name)
    const handle = await open(temporary, 'wx')
    try {
      try {
        await writeAll(handle, content, 0)
        if (this.options.sync) await handle.sync()
      } finally {
        await handle.close()
      }
      signal.throwIfAborted()
      const path = await giveFinalName(temporary, folder, name, this.options)
      if (this.options.sync) await syncFolder(folder)
      return path
    } catch (error) {
      await unlink(temporary).catch(ignore)
      throw error
    }
  }
}

function inFolder<T>(folder: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (errno(error) !== 'ENOENT') throw error
    forgetFolder(folder)
    makeFolder(folder)
    return work()
  }
}

function temporaryPath(folder: string, name: string): string {
  return numberedPath(folder, name, 0, `.${randomNonce()}.part`)
}

/** Null if the file system can't link, or the name is taken: the slow way knows what to do. */
function writeFile(folder: string, name: string, content: Uint8Array): string | null {
  const temporary = temporaryPath(folder, name)
  const fd = openSync(temporary, 'wx')
  try {
    try {
      const written = writeSync(fd, content)
      if (written < content.length) {
        const message = `ENOSPC: ${written} of ${content.length} bytes were written`
        throw Object.assign(new Error(message), { code: 'ENOSPC' })
      }
    } finally {
      closeSync(fd)
    }
    const path = numberedPath(folder, name, 0, '')
    linkSync(temporary, path)
    return path
  } catch (error) {
    if (errno(error) === 'EEXIST' || NO_LINKS.has(errno(error) ?? '')) return null
    throw error
  } finally {
    try {
      unlinkSync(temporary)
    } catch {}
  }
}
