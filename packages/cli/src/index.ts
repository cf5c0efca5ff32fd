/**
 * What the command `hocket` is made of, for programs that download in the same way or draw in the
 * same terminal.
 *
 * @module
 */
export { get } from './get/get.ts'
export {
  formatBytes,
  formatDuration,
  formatPercent,
  formatTimeLeft,
} from './terminal/format.ts'
export type { Io, Output } from './terminal/io.ts'
export { LiveLines } from './terminal/live-lines.ts'
export { printable } from './terminal/printable.ts'
export { makeStyler, type Style, type Styler } from './terminal/style.ts'
export { describeTerminal, type Terminal, type TerminalOutput } from './terminal/terminal.ts'
export { fitWidth, padStartWidth, textWidth } from './terminal/text-width.ts'
