import { fileURLToPath } from 'node:url'

/** More than this of a stack's text is left out, in the middle. */
const LONGEST = 65_536

// Source maps lead from what is built to the sources.
const folders = ['../../dist/', '../../src/'].flatMap((path) => {
  const folder = new URL(path, import.meta.url)
  return [folder.href, fileURLToPath(folder)]
})

/** The module that calls the functions, in a worker. */
const callers = folders.map((each) => `${each}worker/runner.`)

/** The stack as it is sent: without the frames of what called the function in the worker. */
export function stackOf(error: object): string {
  let stack: unknown
  try {
    stack = (error as Error).stack
  } catch {
    return ''
  }
  // `Error.prepareStackTrace` may make anything of it.
  if (typeof stack !== 'string') return ''
  const lines = shorten(stack).split('\n')
  // Below the frame that has called the function there is nobody but us.
  const caller = lines.findLastIndex((line) => callers.some((each) => line.includes(each)))
  if (caller > 0) lines.length = caller
  while (lines.length > 1 && isMachinery(lines.at(-1) as string)) lines.pop()
  return lines.join('\n')
}

/**
 * The worker's stack, and below it that of the call.
 *
 * @param stack of the worker
 * @param className what the error was there, if it could not be so here
 * @param callerStack the `stack` of an object that was made where the call was made
 */
export function joinStacks(
  stack: string,
  className: string | undefined,
  callerStack: string | undefined,
): string {
  const frames = framesOf(callerStack ?? '')
  const what = className === undefined ? '' : `, as ${className}`
  if (frames.length === 0) return what === '' ? stack : `${stack}\n    --- in a worker${what} ---`
  return `${stack}\n    --- in a worker${what}; called by ---\n${frames.join('\n')}`
}

/** Puts the frames of who awaits it below the stack of an error. */
export function addAwaiters(error: Error, awaiterStack: string): void {
  const frames = framesOf(awaiterStack)
  if (frames.length === 0 || typeof error.stack !== 'string') return
  // A frozen error keeps the stack it has.
  Reflect.set(error, 'stack', `${error.stack}\n    --- awaited by ---\n${frames.join('\n')}`)
}

/** Without our own ones on top. */
function framesOf(stack: string): string[] {
  const frames = stack.split('\n').filter((line) => /^\s*at /.test(line))
  const first = frames.findIndex((line) => !isMachinery(line))
  return first < 0 ? [] : frames.slice(first)
}

function isMachinery(line: string): boolean {
  if (!/^\s*at /.test(line)) return false
  return line.includes('node:internal/') || folders.some((each) => line.includes(each))
}

function shorten(stack: string): string {
  if (stack.length <= LONGEST) return stack
  const half = LONGEST / 2
  return `${stack.slice(0, half)}\n    … ${stack.length - LONGEST} characters left out …\n${stack.slice(-half)}`
}
