import { get } from '../../src/get/get.ts'
import type { Output } from '../../src/terminal/io.ts'

export interface CallOptions {
  readonly stdin?: string
  readonly stdout?: Output
  readonly stderr?: Output
  readonly env?: NodeJS.ProcessEnv
}

/** Calls `hocket get` in this process. */
export async function callGet(args: readonly string[], options: CallOptions = {}) {
  const written = { stdout: '', stderr: '' }
  const code = await get(args, {
    stdout: options.stdout ?? { write: (text) => (written.stdout += text) },
    stderr: options.stderr ?? { write: (text) => (written.stderr += text) },
    stdin: chunksOf(options.stdin ?? ''),
    env: options.env ?? {},
  })
  return { code, ...written, lines: written.stdout.trimEnd().split('\n') }
}

async function* chunksOf(text: string): AsyncIterable<Uint8Array> {
  // In the middle of a character, too.
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += 5) yield bytes.subarray(at, at + 5)
}
