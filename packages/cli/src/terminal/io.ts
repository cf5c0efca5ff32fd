import type { TerminalOutput } from './terminal.ts'

/** Where a command writes. */
export interface Output extends TerminalOutput {
  write(text: string): unknown
}

/** What a command has to do with the world outside; that of the process where it is left out. */
export interface Io {
  readonly stdout: Output
  readonly stderr: Output
  readonly stdin: AsyncIterable<Uint8Array | string>
  readonly env: NodeJS.ProcessEnv
  /** How the command was called, for the texts that say how to call it: `hocket get`. */
  readonly command: string
}

/** The process's own, where `given` says nothing else. */
export function fullIo(given: Partial<Io>, command: string): Io {
  return {
    stdout: given.stdout ?? process.stdout,
    stderr: given.stderr ?? process.stderr,
    stdin: given.stdin ?? process.stdin,
    env: given.env ?? process.env,
    command: given.command ?? command,
  }
}
