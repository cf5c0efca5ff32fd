import { getHashes } from 'node:crypto'

/** What a file's bytes must come to. */
export interface Checksum {
  /** As it was given: `sha-256`. */
  readonly algorithm: string
  /** As node:crypto calls it: `sha256`. */
  readonly hash: string
  /** Lower-case hexadecimal. */
  readonly digest: string
}

const SPELLINGS: Readonly<Record<string, string>> = {
  'sha-1': 'sha1',
  'sha-224': 'sha224',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
}

const HEX_DIGITS: Readonly<Record<string, number>> = {
  md5: 32,
  sha1: 40,
  sha224: 56,
  sha256: 64,
  sha384: 96,
  sha512: 128,
}

/**
 * Reads a checksum like `sha-256=9f86d0…` (hexadecimal, as aria2 takes it, or base64, as in
 * Subresource Integrity: `sha256-n4bQ…=`).
 *
 * @throws RangeError if it is none
 *
 * @example
 * ```ts no-run
 * parseChecksum('md5=d41d8cd98f00b204e9800998ecf8427e').hash // => 'md5'
 * ```
 */
export function parseChecksum(text: string): Checksum {
  const [, algorithm = '', value = ''] = /^\s*(sha-?\d+|md5)\s*[=:-]\s*(\S+)\s*$/i.exec(text) ?? []
  const lower = algorithm.toLowerCase()
  const hash = SPELLINGS[lower] ?? lower
  const digits = HEX_DIGITS[hash]
  if (digits === undefined || !getHashes().includes(hash)) {
    throw new RangeError(`expected a checksum like sha-256=HEX, got ${JSON.stringify(text)}`)
  }
  const digest = /^[0-9a-f]+$/i.test(value)
    ? value.toLowerCase()
    : Buffer.from(value, 'base64').toString('hex')
  if (digest.length !== digits) {
    throw new RangeError(
      `expected ${digits} hexadecimal digits for ${algorithm}, got ${JSON.stringify(value)}`,
    )
  }
  return { algorithm: lower, hash, digest }
}
