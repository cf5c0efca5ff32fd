import { resolve } from 'node:path'
import { inspect } from 'node:util'
import { fullIo, type Io } from '../terminal/io.ts'
import { complain, parseCommand } from '../terminal/parse-command.ts'
import { UsageError } from '../terminal/usage-error.ts'
import { makeRunCommand } from './command.ts'
import { hocketOf, loadMain, type Main } from './load-program.ts'

const EXIT_ERROR = 1
const EXIT_INTERRUPTED = 130

/** `hocket run`: runs the `main` of a module on a loop, and gives the exit code. */
export async function runProgram(
  args: readonly string[],
  given: Partial<Io> = {},
): Promise<number> {
  const io = fullIo(given, 'hocket run')
  const command = makeRunCommand(io.command)
  const ended = parseCommand(command, args, io)
  if (ended !== null) return ended
  const [file, ...rest] = command.args as [string, ...string[]]
  // What the program would see if it were started by itself.
  process.argv.splice(1, Infinity, resolve(file), ...rest)
  process.setSourceMapsEnabled(true)
  let hocket: typeof import('hocket') | undefined
  try {
    const main = await loadMain(file)
    hocket = await hocketOf(file)
    const { debug } = command.opts<{ debug?: boolean }>()
    const result = await hocket.run(() => start(main, rest, file), debug === true ? { debug } : {})
    return exitCodeOf(result, file)
  } catch (error) {
    if (error instanceof UsageError) return complain(error, io)
    if (hocket !== undefined && error instanceof hocket.KeyboardInterrupt) {
      // A terminal has just shown ^C, and the cursor stands behind it.
      io.stderr.write(`${io.stderr.isTTY === true ? '\n' : ''}${error.message}\n`)
      return EXIT_INTERRUPTED
    }
    io.stderr.write(`${inspect(error, { colors: false })}\n`)
    return EXIT_ERROR
  }
}

/** Calls main, and makes sure that it has given something that can be run. */
function start(main: Main, args: string[], file: string): PromiseLike<unknown> {
  const body = main(args)
  if (isAwaitable(body)) return body
  throw new UsageError(
    `expected main of ${file} to be a coroutine function, got one that gives ${typeof body}: ` +
      'write export const main = coroutine(async (args: string[]) => { … })',
  )
}

function isAwaitable(body: unknown): body is PromiseLike<unknown> {
  if (typeof body !== 'object' || body === null) return false
  const { then, next } = body as { then?: unknown; next?: unknown }
  return typeof then === 'function' || typeof next === 'function'
}

function exitCodeOf(result: unknown, file: string): number {
  if (typeof result !== 'number') return 0
  if (Number.isInteger(result) && result >= 0 && result <= 255) return result
  throw new UsageError(
    `expected main of ${file} to return an exit code from 0 to 255, got ${result}: return nothing for 0`,
  )
}
