import type { GetOptions } from './options.ts'

/** What stands in place of a password. */
export const SECRET = '***'

// Behind a URL's name, and what tells a server or proxy who asks.
const PASSWORD = /((?:^|=)[a-z][a-z0-9+.-]*:[/\\]{2}[^/\\?#:@]*):[^/\\?#]*@/i
const CREDENTIAL =
  /^((?:-H|--header=)?[\w-]*(?:authorization|cookie|auth|token|secret|password|key)[\w-]*\s*:).*/i

/**
 * The command that goes on where this one was interrupted: the same, with what is there already left
 * as it is. It may be kept in a log, and so it has `***` in place of passwords.
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
  return [command, ...words.map((word) => shellWord(withoutSecret(word)))].join(' ')
}

function withoutSecret(word: string): string {
  return word.replace(PASSWORD, `$1:${SECRET}@`).replace(CREDENTIAL, `$1 ${SECRET}`)
}

/** One word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`
}
