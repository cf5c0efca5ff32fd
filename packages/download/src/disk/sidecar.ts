import { constants, link, open, readFile, rename, unlink } from 'node:fs/promises'
import { type Range, RangeSet } from '../plan/range-set.ts'
import { errno, ignore, NO_LINKS } from './errno.ts'
import { type Owner, randomNonce } from './owner.ts'

/** What is known of a file that is not whole yet. */
export interface PartRecord {
  /** Where it comes from; mirrors behind the first. */
  readonly urls: readonly string[]
  /** In bytes; null when the server did not say. */
  readonly size: number | null
  readonly etag: string | null
  readonly lastModified: string | null
  /** There is a validator by which the server can say that it is still the same file. */
  readonly resumable: boolean
}

/** What stands in `NAME.part.json`, beside `NAME.part`. */
export interface Sidecar extends PartRecord {
  readonly version: 1
  /** Ranges that are on the disk. */
  readonly done: readonly Range[]
  readonly owner: Owner
}

// The URL may hold a token that is nobody else's business.
const MODE = 0o600

/** The sidecar at `path`; null if there is none or it can't be understood. */
export async function readSidecar(path: string): Promise<Sidecar | null> {
  try {
    const sidecar: unknown = JSON.parse(await readFile(path, 'utf8'))
    return isSidecar(sidecar) ? sidecar : null
  } catch {
    return null
  }
}

/** Makes a sidecar where there is none: from then on the part file beside it is taken. False: there is one. */
export async function createSidecar(path: string, sidecar: Sidecar): Promise<boolean> {
  const temporary = `${path}.${randomNonce()}`
  try {
    // Written whole before it has its name: whoever finds it can read it.
    await writeNew(temporary, sidecar, false)
    await link(temporary, path)
    return true
  } catch (error) {
    if (errno(error) === 'EEXIST') return false
    if (!NO_LINKS.has(errno(error) ?? '')) throw error
    return await writeNew(path, sidecar, false).then(
      () => true,
      (reason: unknown) => {
        if (errno(reason) === 'EEXIST') return false
        throw reason
      },
    )
  } finally {
    await unlink(temporary).catch(ignore)
  }
}

/** Replaces the sidecar at once and whole: a kill leaves the old one or the new one. */
export async function replaceSidecar(path: string, sidecar: Sidecar, sync: boolean): Promise<void> {
  const temporary = `${path}.${sidecar.owner.nonce}`
  await unlink(temporary).catch(ignore)
  try {
    await writeNew(temporary, sidecar, sync)
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(ignore)
    throw error
  }
}

/** Takes over the sidecar of an owner that is gone. False if somebody else was faster. */
export async function takeOver(path: string, old: Sidecar, mine: Sidecar): Promise<boolean> {
  const aside = `${path}.${mine.owner.nonce}`
  try {
    await rename(path, aside)
  } catch (error) {
    if (errno(error) === 'ENOENT') return false
    throw error
  }
  const seen = await readSidecar(aside)
  if (seen === null || seen.owner.nonce === old.owner.nonce) {
    await unlink(aside).catch(ignore)
    return await createSidecar(path, mine)
  }
  // Between the look and the rename it became somebody's, who has not missed it yet.
  await link(aside, path).catch(ignore)
  await unlink(aside).catch(ignore)
  return false
}

async function writeNew(path: string, sidecar: Sidecar, sync: boolean): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
  const handle = await open(path, flags, MODE)
  try {
    await handle.writeFile(`${JSON.stringify(sidecar)}\n`)
    if (sync) await handle.sync()
  } finally {
    await handle.close()
  }
}

function isSidecar(value: unknown): value is Sidecar {
  if (typeof value !== 'object' || value === null) return false
  const { version, urls, size, etag, lastModified, resumable, done, owner } = value as Sidecar
  if (version !== 1 || !Array.isArray(urls) || !Array.isArray(done)) return false
  if (!urls.every((url) => typeof url === 'string') || typeof resumable !== 'boolean') return false
  if (size !== null && !Number.isSafeInteger(size)) return false
  if (!isText(etag) || !isText(lastModified)) return false
  if (typeof owner !== 'object' || owner === null || typeof owner.nonce !== 'string') return false
  if (!/^[0-9a-f]+$/.test(owner.nonce) || !Number.isSafeInteger(owner.pid)) return false
  try {
    return new RangeSet(done).end <= (size ?? Infinity)
  } catch {
    return false
  }
}

function isText(value: unknown): value is string | null {
  return value === null || typeof value === 'string'
}
