import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url))

/**
 * Starts one of the benchmarks' servers in a process of its own, which ends with this one. Gives its
 * origin, `http://127.0.0.1:PORT`.
 */
export async function startServer(kind: string, ...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [MAIN, '--server', kind, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  // It is there as long as its standard input is open, and must not keep anybody waiting.
  child.unref()
  for (const stream of [child.stdin, child.stdout]) (stream as unknown as NodeJS.ReadStream).unref()
  return String(line).trim()
}
