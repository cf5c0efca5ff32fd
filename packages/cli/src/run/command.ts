import { Command } from 'commander'

/** The options of `hocket run`, and its help. What comes behind FILE is the program's. */
export function makeRunCommand(name: string): Command {
  return new Command(name)
    .usage('[options] FILE [ARGS...]')
    .description("Runs the coroutine function main of a module, as Python's asyncio.run(main()).")
    .argument('<FILE>', 'a module, in TypeScript or JavaScript')
    .argument('[ARGS...]', 'what main is given, as an array of strings')
    .option('--debug', 'in debug mode: slow steps and what is never awaited are reported')
    .helpOption('-h, --help', 'this text')
    .passThroughOptions()
    .addHelpText('after', () => AFTER.replaceAll('hocket run', name))
}

const AFTER = `
The module exports main: a coroutine function, an async function or a generator function. The number
that it returns is the exit code; an error is printed, and the exit code is 1. Ctrl-C cancels main
(exit code 130), and a second one ends the process.

Example:
  $ cat hello.ts
  import { coroutine, sleep } from 'hocket'

  export const main = coroutine(async ([name = 'world']: string[]) => {
    await sleep(500)
    console.log(\`Hello, \${name}!\`)
  })
  $ hocket run hello.ts everybody
`
