import { type FileHandle, unlink } from 'node:fs/promises'
import type { RangeSet } from '../plan/range-set.ts'
import { ignore } from './errno.ts'
import { giveFinalName, type Naming } from './final-name.ts'
import { syncFolder } from './folders.ts'
import { type Owner, release } from './owner.ts'
import { type PartRecord, replaceSidecar, type Sidecar } from './sidecar.ts'
import { writeAll } from './write-all.ts'

export const PART = '.part'
export const SIDECAR = '.part.json'
const CHECKPOINT_BYTES = 64 * 1024 * 1024
const CHECKPOINT_MS = 1_000
const ROOM_BYTES = 64 * 1024

export interface PartFileOptions extends Naming {
  /** Flushes to the disk before the sidecar or the final name say that something is there. */
  readonly sync: boolean
  /** Flushes the folder too. */
  readonly syncFolder?: boolean
}

/** Where it lies; `base` is its path without the suffix. */
export interface PartPlace {
  readonly folder: string
  readonly name: string
  readonly base: string
}

/** What is there of it, and who it belongs to. */
export interface PartState {
  readonly owner: Owner
  readonly record: PartRecord
  readonly done: RangeSet
  readonly handle: FileHandle
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

  /** See `createPartFile` and `resumePartFile`. `state` says what is on the disk. */
  constructor(place: PartPlace, state: PartState, options: PartFileOptions) {
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
