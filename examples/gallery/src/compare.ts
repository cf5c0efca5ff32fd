import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { basename } from 'node:path'

interface Expected {
  readonly name: string
  readonly sha256: string
  readonly flaw?: string | null
}

/**
 * What is not as it must be in `folder`, a sentence for each: every picture is there, byte for byte,
 * except for the broken ones, and nothing else is.
 */
export async function findWrong(
  originals: readonly Expected[],
  paths: readonly (string | null)[],
  folder: string,
): Promise<string[]> {
  const wrong: string[] = []
  for (const [index, { name, sha256, flaw }] of originals.entries()) {
    const path = paths[index] ?? null
    if (flaw === 'broken') {
      if (path !== null) wrong.push(`${path} can't be whole: the server cuts it`)
    } else if (path === null) wrong.push(`${name} was not downloaded`)
    else if (sha256 !== digest(await readFile(path))) wrong.push(`${path} is not the original`)
  }
  const expected = new Set(paths.map((path) => (path === null ? null : basename(path))))
  for (const name of await readdir(folder)) {
    if (!expected.has(name)) wrong.push(`${name} was left in ${folder}`)
  }
  return wrong
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
