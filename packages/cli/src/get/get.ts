import { fullIo, type Io } from '../terminal/io.ts'
import { complain, parseCommand } from '../terminal/parse-command.ts'
import { UsageError } from '../terminal/usage-error.ts'
import { makeGetCommand, readGetOptions } from './command.ts'

/**
 * `hocket get`: downloads what the arguments say, tells of it, and gives the exit code.
 *
 * It runs a loop of its own. Ctrl-C cancels it, and the exit code is 130; a second one ends the
 * process. Nothing is left to do after it: a connection that was just being made may be dropped by
 * `process.exit`.
 */
export async function get(args: readonly string[], given: Partial<Io> = {}): Promise<number> {
  const io = fullIo(given, 'hocket get')
  const command = makeGetCommand(io.command)
  const ended = parseCommand(command, args, io)
  if (ended !== null) return ended
  try {
    const options = readGetOptions(command)
    // The modules of the network are loaded when they are needed: --help must not wait for them.
    const { runGet } = await import('./run-get.ts')
    return await runGet(options, args, io)
  } catch (error) {
    if (error instanceof UsageError) return complain(error, io)
    throw error
  }
}
