import { fileURLToPath } from 'node:url'
import { type StartedProgram, type StartOptions, startProgram } from '@hocket/test-support'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** Starts `hocket` from its sources. */
export function start(args: readonly string[], options: StartOptions = {}): StartedProgram {
  return startProgram(main, args, options)
}
