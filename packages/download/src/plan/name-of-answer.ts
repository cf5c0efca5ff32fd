import { parse } from 'content-disposition'
import { nameFromUrl, type SafeNameOptions, safeName } from './safe-name.ts'

/**
 * What the server calls its file, made safe: `filename*` of Content-Disposition, then `filename`,
 * then the last path segment of the URL that redirects led to.
 */
export function nameOfAnswer(
  disposition: string | null,
  url: URL,
  options?: SafeNameOptions,
): string {
  return nameOfDisposition(disposition, options) ?? nameFromUrl(url, options)
}

/** The name in a Content-Disposition, made safe; null where it says none. */
export function nameOfDisposition(
  disposition: string | null,
  options?: SafeNameOptions,
): string | null {
  if (disposition === null || disposition === '') return null
  // `filename*` wins inside `parse`, which leaves a broken one out.
  const { filename } = parse(disposition).parameters
  if (filename === undefined) return null
  const name = asUtf8(filename).trim()
  // A server that says nothing usable is not worth the name `index`: its URL may know better.
  return /^[./\\\s]*$/.test(name.slice(lastSlash(name) + 1)) ? null : safeName(name, options)
}

function lastSlash(name: string): number {
  return Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\'))
}

/** Headers arrive as Latin-1; many servers send UTF-8 in them without a word. */
function asUtf8(text: string): string {
  const bytes = Buffer.from(text, 'latin1')
  // What has been decoded already has characters beyond a byte.
  if (bytes.toString('latin1') !== text) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return text
  }
}
