import { type Command, CommanderError } from 'commander'
import type { Io } from './io.ts'
import { USAGE_EXIT, UsageError } from './usage-error.ts'

/**
 * Parses the arguments; gives the exit code if that was all there is to do, and null otherwise. Help
 * goes to the output, and what is wrong to the error output, in one line.
 */
export function parseCommand(command: Command, args: readonly string[], io: Io): number | null {
  command.exitOverride().configureOutput({
    writeOut: (text) => void io.stdout.write(text),
    // Said below, in our own form.
    writeErr: () => {},
    getOutHelpWidth: () => Math.min(io.stdout.columns || 100, 100),
  })
  try {
    command.parse([...args], { from: 'user' })
    return null
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    if (error.exitCode === 0) return 0
    return complain(error.message, io)
  }
}

/** Says what is wrong with the arguments, and gives the exit code. */
export function complain(error: UsageError | string, io: Io): number {
  const text = error instanceof UsageError ? error.message : error
  const line = text.replace(/^error: /, '').replace(/\n/g, ' ')
  io.stderr.write(`${io.command}: ${line}\n`)
  return USAGE_EXIT
}
