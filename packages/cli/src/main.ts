import { readFile } from 'node:fs/promises'

/** What `hocket` can do. A command's module is loaded when it is called: `--help` stays fast. */
const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  get: async (args) => (await import('./get/get.ts')).get(args),
  run: async (args) => (await import('./run/run-program.ts')).runProgram(args),
}

const UNSETTLED = 13

const HELP = `Usage: hocket COMMAND [ARGS...]

asyncio for TypeScript, on the command line.

  get   downloads files, many at a time
  run   runs the coroutine function main of a module

  hocket COMMAND --help   what a command can do
  hocket --version        the version
`

async function main([name, ...args]: string[]): Promise<number> {
  const command = name === undefined || !Object.hasOwn(COMMANDS, name) ? undefined : COMMANDS[name]
  if (command !== undefined) return await command(args)
  if (name === '--help' || name === '-h') {
    process.stdout.write(HELP)
    return 0
  }
  if (name === 'help') return await main(args[0] === undefined ? ['--help'] : [args[0], '--help'])
  if (name === '--version' || name === '-V') {
    process.stdout.write(`${await version()}\n`)
    return 0
  }
  const got = name === undefined ? 'nothing' : JSON.stringify(name)
  const names = Object.keys(COMMANDS).join(' or ')
  process.stderr.write(`hocket: expected the command ${names}, got ${got}: see hocket --help\n`)
  return 2
}

/** Everything that was written to it so far has left, or can't. */
function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => void stream.write('', () => resolve()))
}

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** Why nobody can be told any more: the exit code in place of the command's; 0 while all is well. */
let lost = 0

function lose(error: NodeJS.ErrnoException): void {
  if (lost !== 0) return
  // Whoever read it has gone; the shell's number for a death by SIGPIPE.
  lost = error.code === 'EPIPE' ? 141 : 5
  if (lost === 5) process.stderr.write(`hocket: the output can't be written: ${error.message}\n`)
  // As by Ctrl-C: what has come is kept, and nothing is left behind.
  if (process.listenerCount('SIGINT') > 0) process.kill(process.pid, 'SIGINT')
  else process.exit(lost)
}

for (const stream of [process.stdout, process.stderr]) stream.on('error', lose)

process.once('exit', () => {
  // Node sets it, without a word.
  if (process.exitCode !== UNSETTLED) return
  process.stderr.write('hocket: expected the module to end, got a top-level await of nothing\n')
})

const code = await main(process.argv.slice(2))
// A program that `hocket run` has run may have left something open on purpose; after an
// interruption, nothing is worth waiting for but what has been written.
if (code !== 130 && lost === 0) process.exitCode = code
else {
  await Promise.all([process.stdout, process.stderr].map(written))
  process.exit(lost || code)
}
