import { percentDecode } from './percent-decode.ts'

/**
 * File names from strings that strangers chose. A name is the same on every platform, so that a
 * folder can be copied anywhere: what Windows refuses is refused on Linux too.
 */

/** What a file is called when its URL says nothing, as web servers call it. */
const NAMELESS = 'index'

/** The longest file name, in bytes of UTF-8, that the usual file systems take. */
export const NAME_BYTES = 255

/** Longer "extensions" are not extensions: they are cut like the rest of the name. */
const EXTENSION_BYTES = 32

const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(?:\.|$)/i

// `.tar.gz`, `.svg.gz`: a compressed or signed file has two extensions, and they belong together.
const EXTENSION =
  /(?<!^)(?:\.[a-z][a-z0-9]{0,4})?\.(?:gz|bz2|xz|zst|lz|lz4|lzma|br|z|asc|sig)$|(?<!^)\.[a-z0-9]{1,10}$/i

/** The length of `text` in bytes of UTF-8. */
function byteLength(text: string): number {
  return Buffer.byteLength(text)
}

/** The longest beginning of `text` that has at most `limit` bytes and no half character. */
function cutToBytes(text: string, limit: number): string {
  let bytes = 0
  let end = 0
  for (const character of text) {
    bytes += byteLength(character)
    if (bytes > limit) return text.slice(0, end)
    end += character.length
  }
  return text
}

/** A name as [stem, whole extension]: `['archive', '.tar.gz']`, `['README', '']`. */
function splitName(name: string): [stem: string, extension: string] {
  const extension = EXTENSION.exec(name)?.[0] ?? ''
  if (byteLength(extension) > EXTENSION_BYTES) return [name, '']
  return [name.slice(0, name.length - extension.length), extension]
}

/** Shortens the stem until stem, `mark` and extension have at most `limit` bytes together. */
function fitName(name: string, mark: string, limit: number): string {
  if (mark === '' && byteLength(name) <= limit) return name
  const [stem, extension] = splitName(name)
  const room = limit - byteLength(mark) - byteLength(extension)
  // A cut must not bring back what was cleaned away: a stem may not end in a space or a dot.
  const short = byteLength(stem) > room ? cutToBytes(stem, room).replace(/[ .]+$/u, '') : stem
  return `${short}${mark}${extension}`
}

// What a download keeps its own state under. A stranger's file of such a name would be taken for that,
// and what it says for what is on the disk.
const STATE = /\.(?=part(?:\.json(?:\.|$)|$))/gi

export interface SafeNameOptions {
  /** Lets a name begin with a dot, as hidden files do; false when left out. */
  allowHidden?: boolean
}

/**
 * Makes a file name out of any string: never a path, never hidden, never a device.
 *
 * Everything up to the last `/` or `\` is dropped, then NUL, control and bidi characters and lone
 * surrogates, then dots and spaces at the end. `< > : " | ? *` become `_`, and so does a leading
 * dot; a Windows device name (`con`, `nul.txt`) gets a leading `_`. A name longer than 255 bytes of
 * UTF-8 loses the end of its stem and keeps its extension. The names that downloads keep their state
 * under lose their dot: `x.part`, `x.part.json`. What has nothing left is `index`.
 *
 * @example
 * ```ts
 * safeName('../../etc/passwd') // => 'passwd'
 * safeName('.bashrc') // => '_bashrc'
 * safeName('nul.txt') // => '_nul.txt'
 * safeName('film.mp4.part') // => 'film.mp4_part'
 * ```
 */
export function safeName(raw: string, { allowHidden = false }: SafeNameOptions = {}): string {
  const last = raw.slice(Math.max(raw.lastIndexOf('/'), raw.lastIndexOf('\\')) + 1)
  const bare = last
    .replace(/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\uFEFF]/gu, '')
    .replace(/[<>:"|?*]/g, '_')
    .trimStart()
    // Looking behind keeps it from trying anew at each character of a long run.
    .replace(/(?<![\s.])[\s.]+$/u, '')
  const clean = allowHidden ? bare : bare.replace(/^\./, '_')
  if (clean === '') return NAMELESS
  const fit = fitName(WINDOWS_DEVICE.test(clean) ? `_${clean}` : clean, '', NAME_BYTES)
  // Last of all: it is the cut that can bring one about.
  return fit.replace(STATE, '_')
}

/** The safe name of what `url` points to: its last path segment, percent-decoded once. */
export function nameFromUrl(url: URL, options?: SafeNameOptions): string {
  const segment = url.pathname.slice(url.pathname.lastIndexOf('/') + 1)
  return safeName(percentDecode(segment), options)
}

/** `name` for the `count`th file that wants it: ` (1)` before the whole extension; 0 is the name. */
export function numberedName(name: string, count: number, limit: number = NAME_BYTES): string {
  return fitName(name, count === 0 ? '' : ` (${count})`, limit)
}
