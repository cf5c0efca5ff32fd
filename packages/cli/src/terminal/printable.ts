/**
 * Text that a stranger chose, fit for a terminal: no control character gets through, nothing that
 * turns the direction of what follows, and no end of a line.
 *
 * @example
 * ```ts
 * printable('a\u001b[2Jb\u202ec\n') // => 'a\uFFFD[2Jb\uFFFDc\uFFFD'
 * ```
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '\uFFFD')
}
