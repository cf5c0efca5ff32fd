import { readdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { ClientSession } from '@hocket/http'
import { NextNumbers } from '../disk/next-numbers.ts'
import { isLeftOver, isSidecarName, sweep } from '../disk/sidecar.ts'
import { SmallFiles } from '../disk/small-file.ts'
import type { Places } from '../network/places.ts'
import { StallClock } from '../network/stall-watch.ts'
import type { TokenBucket } from '../network/token-bucket.ts'
import { Buffers } from './buffers.ts'
import { MemoryBudget } from './memory-budget.ts'
import type { Settings } from './options.ts'

/** What a folder holds. */
export interface Listing {
  readonly names: ReadonlySet<string>
  /** Those of part files. */
  readonly sidecars: ReadonlySet<string>
}

/** What all files of a run share. */
export class RunContext {
  readonly session: ClientSession
  readonly settings: Settings
  readonly places: Places
  readonly bucket: TokenBucket | null
  readonly small: SmallFiles
  /** The run's, as an absolute path. */
  readonly folder: string
  readonly clock: StallClock
  readonly numbers: NextNumbers = new NextNumbers()
  readonly memory: MemoryBudget = new MemoryBudget()
  readonly buffers: Buffers = new Buffers()
  /** Paths that this run has given to files of its own. */
  readonly taken: Set<string> = new Set()
  private readonly listings: Map<string, Promise<Listing>> = new Map()
  private readonly listed: Map<string, Listing> = new Map()

  constructor(parts: {
    session: ClientSession
    settings: Settings
    places: Places
    bucket: TokenBucket | null
  }) {
    this.session = parts.session
    this.settings = parts.settings
    this.places = parts.places
    this.bucket = parts.bucket
    this.folder = resolve(parts.settings.folder)
    const { idleTimeout, lowSpeed, lowSpeedTime } = parts.settings
    this.clock = new StallClock({ idle: idleTimeout, lowSpeed, lowSpeedTime })
    this.small = new SmallFiles({
      sync: parts.settings.durable === true,
      numbers: this.numbers,
    })
  }

  /** Nobody downloads any more: leaves no timer. */
  close(): void {
    this.clock.close()
    this.places.close()
  }

  /** What was in the folder, an absolute path, when the run first asked: one look for all files. */
  listing(folder: string): Promise<Listing> {
    let listing = this.listings.get(folder)
    if (listing === undefined) {
      listing = list(folder)
      void listing.then((names) => this.listed.set(folder, names))
      this.listings.set(folder, listing)
    }
    return listing
  }

  /** The same if it is known already; the folder's path must be absolute. */
  known(folder: string): Listing | null {
    return this.listed.get(folder) ?? null
  }

  /** The size of a plain file that was there before the run; null if there is none. */
  async sizeOfOld(folder: string, name: string): Promise<number | null> {
    if (this.taken.has(join(folder, name))) return null
    if (!(await this.listing(folder)).names.has(name)) return null
    const found = await stat(join(folder, name)).catch(() => null)
    return found?.isFile() ? found.size : null
  }
}

async function list(folder: string): Promise<Listing> {
  const names = new Set(await readdir(folder).catch((): string[] => []))
  const sidecars = new Set<string>()
  for (const name of names) {
    if (isSidecarName(name)) sidecars.add(name)
    else if (isLeftOver(name, names)) await sweep(join(folder, name))
  }
  return { names, sidecars }
}
