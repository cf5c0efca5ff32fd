import type { Styler } from './style.ts'

/** `━━━━━━━╸────` in `width` columns; an empty one where nobody knows how much there is. */
export function drawBar(
  fraction: number | null,
  width: number,
  { style, unicode }: { style: Styler; unicode: boolean },
): string {
  const halves = Math.floor(Math.min(1, Math.max(0, fraction ?? 0)) * width * 2)
  const [full, half, empty] = unicode ? ['━', '╸', '─'] : ['#', '>', '-']
  const done = full.repeat(halves >> 1) + (halves % 2 === 1 ? half : '')
  return style('receiving', done) + style('dim', empty.repeat(width - done.length))
}
