const BLOCK = 4096
const STAMP_BYTES = 12

// One block of noise; what makes each block of each file its own is the stamp at its beginning.
const noise = Buffer.alloc(BLOCK)
for (let i = 0, x = 1; i < BLOCK; i++) {
  x = (Math.imul(x, 1664525) + 1013904223) | 0
  noise[i] = x >>> 24
}

/** The bytes of a file in one of its versions; no block of it is in another file or version. */
export function contentOf(file: number, version: number, size: number): Buffer {
  const content = Buffer.allocUnsafe(size)
  for (let at = 0; at < size; at += BLOCK) {
    noise.copy(content, at)
    if (at + STAMP_BYTES > size) continue
    content.writeUInt32LE(file, at)
    content.writeUInt32LE(version, at + 4)
    content.writeUInt32LE(at / BLOCK, at + 8)
  }
  return content
}

/** The version that a file says it is. */
function versionOf(content: Buffer): number {
  return content.length < STAMP_BYTES ? 1 : content.readUInt32LE(4)
}

/** How many bytes of it are not those of the file in that version. */
export function wrongBytes(content: Buffer, file: number, size: number): number {
  const right = contentOf(file, versionOf(content), size)
  if (content.equals(right)) return 0
  let wrong = Math.abs(content.length - right.length)
  for (let i = 0; i < Math.min(content.length, right.length); i++) {
    if (content[i] !== right[i]) wrong += 1
  }
  return wrong
}
