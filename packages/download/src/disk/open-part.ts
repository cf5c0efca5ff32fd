import { constants, type FileHandle, open, unlink } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Range, RangeSet } from '../plan/range-set.ts'
import { errno, ignore } from './errno.ts'
import { noFreeName, numberedPath } from './final-name.ts'
import { beOwner, isAlive, release } from './owner.ts'
import { PART, PartFile, type PartFileOptions, type PartPlace, SIDECAR } from './part-file.ts'
import {
  createSidecar,
  type PartRecord,
  readSidecar,
  replaceSidecar,
  type Sidecar,
  takeOver,
} from './sidecar.ts'

/** The longest suffix that a name must leave room for: that of a sidecar being replaced. */
const SIDECAR_ROOM: string = `${SIDECAR}.${'0'.repeat(16)}.heir`
const MOST_NUMBERS = 1_000

/** A new, empty one: the first of `NAME.part`, `NAME (1).part`, … that nothing stands in the way of. */
export async function createPartFile(
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
export async function resumePartFile(
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
    const part = await claim({ folder, name, base }, sidecar, options)
    if (part !== null) return part
  }
  return null
}

async function claim(
  place: PartPlace,
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
  const { urls, source, size, etag, lastModified, resumable } = old
  const record: PartRecord = { urls, source, size, etag, lastModified, resumable }
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
  // Before anything is written: a hole must not become bytes that the sidecar has always claimed.
  if (JSON.stringify(done) !== JSON.stringify(old.done)) {
    await replaceSidecar(base + SIDECAR, { ...mine, done: done.toJSON() }, options.sync)
  }
  return new PartFile(place, { owner, record, done, handle: opened }, options)
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
