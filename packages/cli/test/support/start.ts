import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

/** Starts `hocket` from its sources, as a process of its own. */
export function start(args: readonly string[], { cwd }: { cwd?: string } = {}) {
  const child = spawn(
    process.execPath,
    ['--conditions=@hocket/source', '--import', import.meta.resolve('tsx'), main, ...args],
    { stdio: ['pipe', 'pipe', 'pipe'], cwd },
  )
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
    })
  }
  child.stdin.on('error', () => {})
  const ended = once(child, 'close').then(([code, signal]) => ({
    code: code as number | null,
    signal: signal as NodeJS.Signals | null,
    ...output,
  }))
  return { child, output, ended }
}
