import { readFile } from 'node:fs/promises'

/** What `hocket` can do. A command's module is loaded when it is called: `--help` stays fast. */
const COMMANDS: Readonly<Record<string, (args: string[]) => Promise<number>>> = {
  get: async (args) => (await import('./get/get.ts')).get(args),
  run: async (args) => (await import('./run/run-program.ts')).runProgram(args),
}

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

async function version(): Promise<string> {
  const text = await readFile(new URL('../package.json', import.meta.url), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // Whoever read it has gone; the shell's number for a death by SIGPIPE.
    if (error.code === 'EPIPE') process.exit(141)
    throw error
  })
}

const code = await main(process.argv.slice(2))
// A program that `hocket run` has run may have left something open on purpose; after an
// interruption, nothing is worth waiting for.
if (code === 130) process.exit(code)
process.exitCode = code
