import { link, open, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { NAME_BYTES, numberedName } from '../plan/safe-name.ts'
import { errno, ignore, NO_LINKS } from './errno.ts'
import type { NextNumbers } from './next-numbers.ts'

/** More files of one name than this in one folder are not worth another look. */
const MOST_NUMBERS = 10_000

/** How a file gets its final name. */
export interface Naming {
  /** What names of this run are taken. */
  readonly numbers?: NextNumbers
  /** Stands for a file system that can't link. */
  readonly makeLink?: typeof link
}

/**
 * Gives the file at `part` the first free of `NAME`, `NAME (1)`, … in `folder`, and gives that path.
 * Nothing that exists is overwritten, and no link is followed.
 */
export async function giveFinalName(
  part: string,
  folder: string,
  name: string,
  { numbers, makeLink = link }: Naming = {},
): Promise<string> {
  const first = numbers?.of(folder, name) ?? 0
  for (let count = first; count < first + MOST_NUMBERS; count++) {
    const path = numberedPath(folder, name, count, '')
    try {
      await move(part, path, makeLink)
      numbers?.taken(folder, name, count)
      return path
    } catch (error) {
      if (errno(error) !== 'EEXIST') throw error
    }
  }
  throw noFreeName(folder, name)
}

/** The `count`th path that a file of that name may have, with room for its suffix. */
export function numberedPath(folder: string, name: string, count: number, suffix: string): string {
  const file = numberedName(name, count, NAME_BYTES - suffix.length) + suffix
  // A folder is mostly a path in its shortest form already, and `join` takes long for that.
  return folder.startsWith('/') && !folder.endsWith('/') ? `${folder}/${file}` : join(folder, file)
}

export function noFreeName(folder: string, name: string): Error {
  return new Error(
    `expected a free name like ${name} in ${folder}, got ${MOST_NUMBERS} taken ones: clean the folder up`,
  )
}

/** A rename that fails with EEXIST where `rename` would overwrite. */
async function move(from: string, to: string, makeLink: typeof link): Promise<void> {
  try {
    await makeLink(from, to)
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
