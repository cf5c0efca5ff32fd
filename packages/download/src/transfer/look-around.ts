import { join } from 'node:path'
import { hashOf } from '../disk/hash-file.ts'
import { resumePartFile } from '../disk/open-part.ts'
import type { Job } from './job.ts'
import type { Saved } from './save-file.ts'
import type { Steps } from './steps.ts'

/** A file that was there before the run, is not another one, and shall stay; null if there is none. */
export function* skipOld(job: Job, name: string): Steps<Saved | null> {
  const { run, folder, entry } = job
  if (run.settings.ifExists !== 'skip') return null
  // Mostly nothing has to be asked of the disk, which would cost a small file a turn of the loop.
  if (run.known(folder)?.names.has(name) === false) return null
  const bytes = yield* job.onDisk(() => run.sizeOfOld(folder, name))
  if (bytes === null) return null
  const { checksum } = entry
  if (checksum !== null) {
    const digest = yield* job.onDisk((signal) =>
      hashOf(join(folder, name), bytes, checksum.hash, signal),
    )
    if (digest !== checksum.digest) return null
    if (checksum.hash === 'sha256') job.sha256 = digest
  }
  return skipped(job, name, bytes)
}

function skipped(job: Job, name: string, bytes: number): Saved {
  const path = join(job.folder, name)
  job.run.taken.add(path)
  job.emit({ type: 'skipped', path, bytes })
  return { status: 'skipped', path, bytes }
}

/** Takes over what was left of this file, if there is something. */
export function* findPart(job: Job, name: string): Steps<boolean> {
  const { folder, run } = job
  if (run.known(folder)?.sidecars.size === 0) return false
  yield* job.onDisk(async () => {
    const { sidecars } = await run.listing(folder)
    job.part = await resumePartFile(folder, name, job.shownUrl, job.partOptions, sidecars)
  })
  if (job.part === null) return false
  job.resumed = job.part.done.bytes
  return true
}
