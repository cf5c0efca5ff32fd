import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'

/** The paths of files that are not, byte for byte, what the gallery has. */
export async function findDifferent(
  originals: readonly { sha256: string }[],
  files: readonly { path: string }[],
): Promise<string[]> {
  const different: string[] = []
  for (const [index, { path }] of files.entries()) {
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex')
    if (sha256 !== originals[index]?.sha256) different.push(path)
  }
  return different
}
