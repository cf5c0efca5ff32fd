import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { onTestFinished } from 'vitest'

const tsx = import.meta.resolve('tsx')

export interface StartedProgram {
  readonly child: ChildProcessWithoutNullStreams
  /** What it wrote so far. */
  readonly output: { readonly stdout: string; readonly stderr: string }
  readonly ended: Promise<{
    code: number | null
    signal: NodeJS.Signals | null
    stdout: string
    stderr: string
  }>
}

export interface StartOptions {
  readonly cwd?: string
  /** An open file to write to. */
  readonly stdout?: number
}

/** Starts a program from its sources, as a process of its own, which does not outlive the test. */
export function startProgram(
  path: string,
  args: readonly string[],
  { cwd, stdout }: StartOptions = {},
): StartedProgram {
  const child = spawn(
    process.execPath,
    ['--conditions=@hocket/source', '--import', tsx, path, ...args],
    { stdio: ['pipe', stdout ?? 'pipe', 'pipe'], cwd },
  ) as ChildProcessWithoutNullStreams
  onTestFinished(() => void child.kill('SIGKILL'))
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    // None, if it writes to a file.
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
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
