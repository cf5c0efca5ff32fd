import { constants, type FileHandle, open, unlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Range, RangeSet } from '../plan/range-set.ts'
import { errno, ignore } from './errno.ts'
import { giveFinalName, type Naming, noFreeName, numberedPath } from './final-name.ts'
import { syncFolder } from './folders.ts'
import { beOwner, isAlive, type Owner, release } from './owner.ts'
import {
  createSidecar,
  type PartRecord,
  readSidecar,
  replaceSidecar,
  type Sidecar,
  takeOver,
} from './sidecar.ts'
import { writeAll } from './write-all.ts'

const PART = '.part'
const SIDECAR = '.part.json'
/** The longest suffix that a name must leave room for: that of a sidecar being replaced. */
const SIDECAR_ROOM: string = `${SIDECAR}.${'0'.repeat(16)}.heir`

const CHECKPOINT_BYTES = 64 * 1024 * 1024
const CHECKPOINT_MS = 1_000
const MOST_NUMBERS = 1_000
const ROOM_BYTES = 64 * 1024

export interface PartFileOptions extends Naming {
  /** Flushes to the disk before the sidecar or the final name say that something is there. */
  readonly sync: boolean
  /** Flushes the folder too. */
  readonly syncFolder?: boolean
}

/**
 * A file that is not whole: `NAME.part`, with `NAME.part.json` beside it, which says what is there.
 *
 * Whoever makes the sidecar owns the part. The sidecar never claims bytes that are not in the file:
 * data goes first, then (with `sync`) a flush, then the new sidecar; what shall be overwritten is
 * taken out of the sidecar before. So a kill at any moment leaves a state that is true, if old.
 *
 * Writes at different places may overlap in time; all else must not.
 */
export class PartFile {
  /** The path that the file grows at. */
  readonly path: string
  /** What is written. */
  readonly done: RangeSet
  record: PartRecord
  private readonly folder: string
  readonly name: string
  private readonly options: PartFileOptions
  private readonly owner: Owner
  private readonly sidecarPath: string
  private handle: FileHandle | null
  private unsaved = 0
  private timer: NodeJS.Timeout | null = null
  private saving: Promise<void> | null = null
  private failure: { error: unknown } | null = null

  private constructor(
    place: { folder: string; name: string; base: string },
    state: { owner: Owner; record: PartRecord; done: RangeSet; handle: FileHandle },
    options: PartFileOptions,
  ) {
    this.folder = place.folder
    this.name = place.name
    this.path = place.base + PART
    this.sidecarPath = place.base + SIDECAR
    this.owner = state.owner
    this.record = state.record
    this.done = state.done
    this.handle = state.handle
    this.options = options
  }

  /** A new, empty one: the first of `NAME.part`, `NAME (1).part`, … that nothing stands in the way of. */
  static async create(
    folder: string,
    name: string,
    record: PartRecord,
    options: PartFileOptions,
  ): Promise<PartFile> {
    const owner = beOwner()
    try {
      for (let count = 0; count < MOST_NUMBERS; count++) {
        const base = numberedPath(folder, name, count, SIDECAR_ROOM).slice(0, -SIDECAR_ROOM.length)
        const sidecar: Sidecar = { version: 1, ...record, done: [], owner }
        if (!(await createSidecar(base + SIDECAR, sidecar))) continue
        const handle = await openNew(base + PART)
        if (handle === null) {
          // A file of somebody else's, of which no sidecar tells.
          await unlink(base + SIDECAR).catch(ignore)
          continue
        }
        const state = { owner, record, done: new RangeSet(), handle }
        return new PartFile({ folder, name, base }, state, options)
      }
      throw noFreeName(folder, name)
    } catch (error) {
      release(owner)
      throw error
    }
  }

  /**
   * The one that was left by somebody who is gone, if it is of the same URL; null if there is none.
   * Says nothing of whether the file on the server is still the same. `sidecars` are the names of those
   * in the folder.
   */
  static async resume(
    folder: string,
    name: string,
    url: string,
    options: PartFileOptions,
    sidecars: ReadonlySet<string>,
  ): Promise<PartFile | null> {
    for (let count = 0; count <= sidecars.size; count++) {
      const base = numberedPath(folder, name, count, SIDECAR_ROOM).slice(0, -SIDECAR_ROOM.length)
      if (!sidecars.has(basename(base) + SIDECAR)) continue
      const sidecar = await readSidecar(base + SIDECAR)
      if (sidecar === null) continue
      if (!sidecar.urls.includes(url) || isAlive(sidecar.owner)) continue
      const part = await PartFile.claim({ folder, name, base }, sidecar, options)
      if (part !== null) return part
    }
    return null
  }

  private static async claim(
    place: { folder: string; name: string; base: string },
    old: Sidecar,
    options: PartFileOptions,
  ): Promise<PartFile | null> {
    const owner = beOwner()
    const { base } = place
    const mine: Sidecar = { ...old, owner }
    if (!(await takeOver(base + SIDECAR, old, mine))) {
      release(owner)
      return null
    }
    const { urls, size, etag, lastModified, resumable } = old
    const record: PartRecord = { urls, size, etag, lastModified, resumable }
    const handle = await openOld(base + PART)
    const there = handle === null ? 0 : (await handle.stat()).size
    // A file that is shorter than it should be has lost its end, whatever the sidecar says.
    const done = new RangeSet(resumable ? clipped(old.done, there) : [])
    const opened = handle ?? (await openNew(base + PART))
    if (opened === null) {
      // What stands there is no part file any more: it has its final name, or is somebody else's.
      await unlink(base + SIDECAR).catch(ignore)
      release(owner)
      return null
    }
    const part = new PartFile(place, { owner, record, done, handle: opened }, options)
    // Before anything is written: a hole must not become bytes that the sidecar has always claimed.
    if (JSON.stringify(done) !== JSON.stringify(old.done)) {
      await replaceSidecar(part.sidecarPath, part.sidecar(), options.sync)
    }
    return part
  }

  /** Writes `content` from `position` on. */
  async write(content: Uint8Array, position: number): Promise<void> {
    await writeAll(this.opened(), content, position)
    this.done.add(position, position + content.length)
    this.unsaved += content.length
    if (this.failure !== null) throw this.failure.error
    if (!this.record.resumable || this.saving !== null) return
    // Nobody waits for it: the disk writes while more is coming.
    if (this.unsaved >= CHECKPOINT_BYTES) void this.startSaving()
    else this.timer ??= setTimeout(() => this.saveByTime(), CHECKPOINT_MS)
  }

  private saveByTime(): void {
    this.timer = null
    if (this.handle !== null && this.saving === null) void this.startSaving()
  }

  /** Forgets all content: from here on it is another file. */
  async restart(record: PartRecord): Promise<void> {
    this.stopTimer()
    await this.saving
    this.record = record
    this.done.clear()
    // The sidecar first: it must not say that the old bytes are there when new ones are.
    await replaceSidecar(this.sidecarPath, this.sidecar(), this.options.sync)
    await this.opened().truncate(0)
  }

  /** Brings what is written to the disk, and says so in the sidecar. */
  async checkpoint(): Promise<void> {
    await this.saving
    await this.startSaving()
    if (this.failure !== null) throw this.failure.error
  }

  /** Flushes, so that the file may be looked at and named; `size` is what it must have. */
  async finish(size: number): Promise<void> {
    this.stopTimer()
    await this.saving
    const handle = this.opened()
    if (this.options.sync) await handle.datasync()
    const there = (await handle.stat()).size
    if (there !== size || !this.done.has(0, size)) {
      throw new Error(`expected ${size} bytes in ${this.path}, got ${there}: something cut it`)
    }
  }

  /** Gives it its final name, as a path; a signal that is aborted leaves all as it is. */
  async commit(signal: AbortSignal): Promise<string> {
    const handle = this.opened()
    signal.throwIfAborted()
    this.handle = null
    let path: string
    try {
      await handle.close()
      path = await giveFinalName(this.path, this.folder, this.name, this.options)
    } finally {
      // If that has failed, all of it waits for the next try.
      release(this.owner)
    }
    await unlink(this.sidecarPath).catch(ignore)
    if (this.options.syncFolder === true) await syncFolder(this.folder)
    return path
  }

  /**
   * Leaves it to whoever goes on some time; what can't be resumed is removed. It never throws: it is
   * called because something else went wrong, and the sidecar that is there stays true.
   */
  async suspend(): Promise<void> {
    if (this.handle === null) return
    if (!this.record.resumable || this.done.bytes === 0) {
      await this.discard()
      return
    }
    try {
      await this.checkpoint()
    } catch {
      await this.makeRoom().catch(ignore)
    }
    await this.close()
  }

  /** Removes it. It never throws: a part file that stays is harmless. */
  async discard(): Promise<void> {
    if (this.handle === null) return
    this.stopTimer()
    await this.saving
    await unlink(this.path).catch(ignore)
    await unlink(this.sidecarPath).catch(ignore)
    await this.close()
  }

  /** For reading what has been written. */
  opened(): FileHandle {
    if (this.handle === null) throw new Error(`expected ${this.path} to be open, got a closed one`)
    return this.handle
  }

  private async close(): Promise<void> {
    this.stopTimer()
    const handle = this.handle
    this.handle = null
    await handle?.close().catch(ignore)
    release(this.owner)
  }

  private startSaving(): Promise<void> {
    this.stopTimer()
    this.unsaved = 0
    const sidecar = this.sidecar()
    const save = async () => {
      try {
        if (this.options.sync) await this.opened().datasync()
        await replaceSidecar(this.sidecarPath, sidecar, this.options.sync)
      } catch (error) {
        this.failure = { error }
      } finally {
        this.saving = null
      }
    }
    this.saving = save()
    return this.saving
  }

  /** A disk that is full has no room for the sidecar either: the end of the part makes way for it. */
  private async makeRoom(): Promise<void> {
    this.failure = null
    this.done.cut(Math.max(0, this.done.end - ROOM_BYTES))
    await this.opened().truncate(this.done.end)
    await this.checkpoint()
  }

  private stopTimer(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
  }

  private sidecar(): Sidecar {
    return { version: 1, ...this.record, done: this.done.toJSON(), owner: this.owner }
  }
}

/** Null if something stands there, even a link that leads nowhere. */
async function openNew(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'wx+')
  } catch (error) {
    if (errno(error) === 'EEXIST') return null
    throw error
  }
}

/** Null if there is none, or if it is not a plain file of this one name. */
async function openOld(path: string): Promise<FileHandle | null> {
  let handle: FileHandle
  try {
    handle = await open(path, constants.O_RDWR | (constants.O_NOFOLLOW ?? 0))
  } catch (error) {
    if (['ENOENT', 'ELOOP', 'EISDIR'].includes(errno(error) ?? '')) return null
    throw error
  }
  const stat = await handle.stat()
  if (stat.isFile() && stat.nlink <= 1) return handle
  await handle.close()
  // A kill between its final name and the end of this one: the content is under that name.
  if (stat.isFile()) await unlink(path).catch(ignore)
  return null
}

function clipped(done: readonly Range[], size: number): Range[] {
  return done.filter(([start]) => start < size).map(([start, end]) => [start, Math.min(end, size)])
}
