const STYLES = {
  bold: '1',
  dim: '90',
  waiting: '33',
  receiving: '1;36',
  good: '32',
  bad: '31',
} as const

export type Style = keyof typeof STYLES

/** `text` in a style, or as it is where there are no colours. */
export type Styler = (style: Style, text: string) => string

export function makeStyler(colour: boolean): Styler {
  if (!colour) return (_, text) => text
  return (style, text) => (text === '' ? '' : `\u001b[${STYLES[style]}m${text}\u001b[0m`)
}
