import { type FileHandle, link, mkdir, open, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { NAME_BYTES, numberedName } from './plan/safe-name.ts'

const SUFFIX = '.part'

/** More files of one name than this in one folder are not worth another look. */
const MOST_NUMBERS = 10_000

// What `link` says on file systems that have no hard links (FAT, some network and phone storage).
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES'])

/**
 * A file that has its final name only when it is whole. It grows as `NAME.part`, opened so that no
 * existing file and no link is ever followed or overwritten; `commit` flushes it to the disk and
 * gives it the first free of `NAME`, `NAME (1)`, …; `discard` removes it.
 *
 * The state lives here and not in return values, so that a caller cancelled between two calls
 * still has something to discard. Calls must not overlap.
 */
export class PartFile {
  readonly #folder: string
  readonly #link: typeof link
  #name = ''
  #handle: FileHandle | undefined
  /** Set exactly while a file of ours stands at this path. */
  #path: string | undefined

  /** Touches nothing before `create`. `makeLink` stands for a file system that can't link. */
  constructor(folder: string, makeLink: typeof link = link) {
    this.#folder = folder
    this.#link = makeLink
  }

  /** Makes the folder if need be, and the empty part file. `name` must be safe (see `safeName`). */
  async create(name: string): Promise<void> {
    this.#name = name
    await mkdir(this.#folder, { recursive: true })
    const path = await this.#firstFree(SUFFIX, async (candidate) => {
      this.#handle = await open(candidate, 'wx')
    })
    this.#path = path
  }

  /** Appends the whole chunk. */
  async write(chunk: Uint8Array): Promise<void> {
    const handle = this.#opened()
    for (let from = 0; from < chunk.length; ) {
      from += (await handle.write(chunk, from)).bytesWritten
    }
  }

  /**
   * Flushes and closes the file, and gives it its final name, which is returned as a path. An
   * abort before the name is given leaves the part file as it is and throws the signal's reason.
   */
  async commit(signal: AbortSignal): Promise<string> {
    const handle = this.#opened()
    await handle.sync()
    this.#handle = undefined
    await handle.close()
    signal.throwIfAborted()
    const part = this.#path as string
    const path = await this.#firstFree('', (candidate) => this.#move(part, candidate))
    this.#path = undefined
    return path
  }

  /**
   * Closes and removes the part file, if there is one. It never throws: it is called because
   * something else went wrong, which must not be hidden, and a part file that stays is harmless.
   */
  async discard(): Promise<void> {
    const handle = this.#handle
    const path = this.#path
    this.#handle = undefined
    this.#path = undefined
    await handle?.close().catch(ignore)
    if (path !== undefined) await unlink(path).catch(ignore)
  }

  #opened(): FileHandle {
    if (this.#handle === undefined) {
      throw new Error('expected an open part file, got one before create() or after its end')
    }
    return this.#handle
  }

  /** Calls `take` with `NAME`, `NAME (1)`, … plus `suffix` until one of them is free. */
  async #firstFree(suffix: string, take: (path: string) => Promise<void>): Promise<string> {
    for (let count = 0; count < MOST_NUMBERS; count++) {
      const name = numberedName(this.#name, count, NAME_BYTES - suffix.length) + suffix
      const path = join(this.#folder, name)
      try {
        await take(path)
        return path
      } catch (error) {
        if (errno(error) !== 'EEXIST') throw error
      }
    }
    throw new Error(
      `expected a free name like ${this.#name} in ${this.#folder}, got ${MOST_NUMBERS} taken ones: clean the folder up`,
    )
  }

  /** A rename that fails with EEXIST where `rename` would overwrite. */
  async #move(from: string, to: string): Promise<void> {
    try {
      await this.#link(from, to)
    } catch (error) {
      if (!NO_LINKS.has(errno(error) ?? '')) throw error
      // Without links the name is reserved by an empty file and taken over at once: nobody's file
      // is overwritten, and the name is never on a part of the content.
      await (await open(to, 'wx')).close()
      await rename(from, to)
      return
    }
    // The file is whole under its final name: a second name that can't be removed is no failure.
    await unlink(from).catch(ignore)
  }
}

function errno(error: unknown): string | undefined {
  return (error as NodeJS.ErrnoException).code
}

function ignore(): void {}
