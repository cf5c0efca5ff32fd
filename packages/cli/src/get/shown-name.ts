import { printable } from '../terminal/printable.ts'

/** What a file is called while nobody knows its name yet: short, and fit for a terminal. */
export function shownName(given: string | undefined, url: string): string {
  return printable(given ?? lastSegment(url))
}

function lastSegment(text: string): string {
  if (!URL.canParse(text)) return text
  const url = new URL(text)
  const segment = url.pathname.slice(url.pathname.lastIndexOf('/') + 1)
  try {
    return decodeURIComponent(segment) || url.host
  } catch {
    return segment
  }
}
