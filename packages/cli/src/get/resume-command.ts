import type { GetOptions } from './options.ts'

/**
 * The command that goes on where this one was interrupted: the same, with what is there already left
 * as it is.
 */
export function resumeCommand(
  command: string,
  args: readonly string[],
  { ifExists }: Pick<GetOptions, 'ifExists'>,
): string {
  const words = args.filter((word) => word !== '--no-resume')
  if (ifExists !== 'skip') {
    const end = words.indexOf('--')
    words.splice(end < 0 ? words.length : end, 0, '--if-exists', 'skip')
  }
  return [command, ...words.map(shellWord)].join(' ')
}

/** One word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
