// Latin, Greek, Cyrillic, dashes and boxes: a column each, and no need for a closer look.
const PLAIN =
  /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2500-\u259f\u2713\u2717]*$/
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]/u
const EMOJI = /^(?:\p{Emoji_Presentation}|\p{Emoji}\u{FE0F})/u
// The scripts that terminals draw two columns wide, without their half-width forms.
const WIDE =
  /^[\u{1100}-\u{115F}\u{2E80}-\u{303E}\u{3041}-\u{A4CF}\u{A960}-\u{A97C}\u{AC00}-\u{D7A3}\u{F900}-\u{FAFF}\u{FE30}-\u{FE6F}\u{FF01}-\u{FF60}\u{FFE0}-\u{FFE6}\u{17000}-\u{18CFF}\u{1AFF0}-\u{1B2FF}\u{20000}-\u{3FFFD}]/u

let segmenter: Intl.Segmenter | undefined

/** How many columns of a terminal the text takes, which is printable and has no styles. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const cluster of clusters(text)) width += clusterWidth(cluster)
  return width
}

/** The text in exactly `width` columns: filled up at its end, or without its middle. */
export function fitWidth(text: string, width: number, ellipsis = '…'): string {
  const its = textWidth(text)
  if (its <= width) return text + ' '.repeat(width - its)
  const room = width - textWidth(ellipsis)
  if (room < 1) return fitWidth(takeWidth(clusters(text), width), width)
  // The end of a name says what it is, the beginning which one.
  const tail = takeWidth([...clusters(text)].reverse(), Math.floor(room / 3), true)
  const head = takeWidth(clusters(text), room - textWidth(tail))
  return fitWidth(head + ellipsis + tail, width, ellipsis)
}

/** Right-aligned; too long a text is left as it is. */
export function padStartWidth(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text
}

function takeWidth(parts: Iterable<string>, width: number, fromEnd = false): string {
  let text = ''
  let left = width
  for (const part of parts) {
    left -= clusterWidth(part)
    if (left < 0) break
    text = fromEnd ? part + text : text + part
  }
  return text
}

/** What is seen as one character: with its accents, and emoji that are made of several. */
function* clusters(text: string): Iterable<string> {
  segmenter ??= new Intl.Segmenter()
  for (const { segment } of segmenter.segment(text)) yield segment
}

function clusterWidth(cluster: string): number {
  if (NOTHING.test(cluster)) return 0
  return WIDE.test(cluster) || EMOJI.test(cluster) ? 2 : 1
}
