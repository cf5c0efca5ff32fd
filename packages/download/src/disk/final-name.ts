import { link, open, rename, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { NAME_BYTES, numberedName } from '../plan/safe-name.ts'
import { errno, ignore, NO_LINKS } from './errno.ts'

/** More files of one name than this in one folder are not worth another look. */
const MOST_NUMBERS = 10_000

/**
 * Gives the file at `part` the first free of `NAME`, `NAME (1)`, … in `folder`, and gives that path.
 * Nothing that exists is overwritten, and no link is followed. `makeLink` stands for a file system
 * that can't link.
 */
export async function giveFinalName(
  part: string,
  folder: string,
  name: string,
  makeLink: typeof link = link,
): Promise<string> {
  return await firstFree(folder, name, '', (path) => move(part, path, makeLink))
}

/** Calls `take` with `NAME`, `NAME (1)`, … plus `suffix` until one of them does not exist. */
async function firstFree(
  folder: string,
  name: string,
  suffix: string,
  take: (path: string) => Promise<void>,
): Promise<string> {
  for (let count = 0; count < MOST_NUMBERS; count++) {
    const path = numberedPath(folder, name, count, suffix)
    try {
      await take(path)
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
