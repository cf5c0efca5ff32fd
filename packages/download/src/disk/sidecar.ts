import { constants, link, open, rename, stat, unlink } from 'node:fs/promises'
import { canBeSent } from '../plan/http-headers.ts'
import { type Range, RangeSet } from '../plan/range-set.ts'
import { errno, ignore, NO_LINKS } from './errno.ts'
import { isAlive, type Owner } from './owner.ts'

/** What is known of a file that is not whole yet. */
export interface PartRecord {
  /** Where it comes from first, then its other mirrors. */
  readonly urls: readonly string[]
  /** Where redirects have led, without the query: the validator is that server's. */
  readonly source: string
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
const ONE_MINUTE_MS = 60_000
// Far more than any run comes to: its connections leave few gaps.
const MOST_BYTES = 1024 * 1024
const MOST_RANGES = 1_000
const { O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants

/** The sidecar at `path`; null if there is none or it can't be one of ours. */
export async function readSidecar(path: string): Promise<Sidecar | null> {
  try {
    // A pipe must not hold up whoever looks, and no link is followed.
    const handle = await open(path, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0))
    try {
      const found = await handle.stat()
      if (!found.isFile() || found.size > MOST_BYTES) return null
      const sidecar: unknown = JSON.parse(await handle.readFile('utf8'))
      return isSidecar(sidecar) ? sidecar : null
    } finally {
      await handle.close()
    }
  } catch {
    return null
  }
}

/**
 * Makes a sidecar where there is none: from then on the part file beside it is taken. False: there is
 * one. `temporary` is a path that nobody else uses.
 */
export async function createSidecar(
  path: string,
  sidecar: Sidecar,
  temporary: string = temporaryOf(path, sidecar.owner),
): Promise<boolean> {
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
  const temporary = temporaryOf(path, sidecar.owner)
  await unlink(temporary).catch(ignore)
  try {
    await writeNew(temporary, sidecar, sync)
    await rename(temporary, path)
  } catch (error) {
    await unlink(temporary).catch(ignore)
    throw error
  }
}

/**
 * Takes over the sidecar of an owner that is gone. False if somebody else was faster.
 *
 * Who is to be the heir of an owner is decided by who makes the file that is called after it. An heir
 * that dies before it has written its own sidecar has an heir in turn, so that a kill at any moment
 * leaves a state that can be taken over, and the sidecar where it was.
 */
export async function takeOver(path: string, old: Sidecar, mine: Sidecar): Promise<boolean> {
  const claims: string[] = []
  for (let last = old.owner; ; ) {
    const claim = claimOf(path, last)
    if (await createSidecar(claim, mine, temporaryOf(path, mine.owner))) {
      claims.push(claim)
      break
    }
    const heir = await readSidecar(claim)
    if (heir === null || isAlive(heir.owner)) return false
    claims.push(claim)
    last = heir.owner
  }
  // Claims are removed when the sidecar is another's: one made after that is for nothing.
  const seen = await readSidecar(path)
  if (seen === null || seen.owner.nonce !== old.owner.nonce) {
    await unlink(claims.at(-1) as string).catch(ignore)
    return false
  }
  await replaceSidecar(path, mine, false)
  for (const claim of claims) await unlink(claim).catch(ignore)
  await unlink(temporaryOf(path, old.owner)).catch(ignore)
  return true
}

function temporaryOf(path: string, { nonce }: Owner): string {
  return `${path}.${nonce}`
}

function claimOf(path: string, { nonce }: Owner): string {
  return `${path}.${nonce}.heir`
}

export function isSidecarName(name: string): boolean {
  return name.endsWith('.part.json')
}

/**
 * What kills have left that nobody needs: a sidecar that was being written; who was to be the heir of
 * one that is not there any more.
 */
export function isLeftOver(name: string, names: ReadonlySet<string>): boolean {
  const [, sidecar = '', heir] = /^(.*\.part\.json)\.[0-9a-f]{16}(\.heir)?$/.exec(name) ?? []
  return sidecar !== '' && (heir === undefined || !names.has(sidecar))
}

/** Removes what is left over at `path`, if its owner is gone. */
export async function sweep(path: string): Promise<void> {
  const left = await readSidecar(path)
  if (left === null ? await isOldAndEmpty(path) : !isAlive(left.owner)) {
    await unlink(path).catch(ignore)
  }
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
  const { version, urls, source, size, etag, lastModified, resumable, done, owner } =
    value as Sidecar
  if (version !== 1 || !Array.isArray(urls) || !Array.isArray(done)) return false
  if (done.length > MOST_RANGES) return false
  if (!urls.every((url) => typeof url === 'string') || typeof resumable !== 'boolean') return false
  if (size !== null && !Number.isSafeInteger(size)) return false
  if (typeof source !== 'string' || !isValidator(etag) || !isValidator(lastModified)) return false
  if (typeof owner !== 'object' || owner === null || typeof owner.nonce !== 'string') return false
  if (!/^[0-9a-f]{1,16}$/.test(owner.nonce) || !Number.isSafeInteger(owner.pid)) return false
  try {
    return new RangeSet(done).end <= (size ?? Infinity)
  } catch {
    return false
  }
}

/** Nobody takes a minute to write what comes next. */
async function isOldAndEmpty(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null)
  return found?.size === 0 && Date.now() - found.mtimeMs > ONE_MINUTE_MS
}

/** Something that came in a header, and can go out in one. */
function isValidator(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && canBeSent(value))
}
