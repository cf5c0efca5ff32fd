import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** How a program has ended, and what it printed. */
export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Program {
  readonly child: ChildProcess
  /** Resolves when `text` has been printed. */
  printed(text: string): Promise<void>
  ended(): Promise<Ended>
}

// A program that is still busy after this long can only be stuck.
const HANG_MS = 60_000

// Where the loader for TypeScript is found.
const cwd = fileURLToPath(new URL('../..', import.meta.url))

/** Starts a program of `fixtures` in a Node of its own, from source. */
export function startProgram(program: URL, ...args: string[]): Program {
  const child = spawn(
    process.execPath,
    [
      '--expose-gc',
      '--conditions=@hocket/source',
      '--import',
      'tsx',
      fileURLToPath(program),
      ...args,
    ],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '' },
      timeout: HANG_MS,
      killSignal: 'SIGKILL',
    },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const closed = once(child, 'close')
  return {
    child,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (stdout.includes(text)) resolve()
        }
        child.stdout.on('data', look)
        child.on('close', () =>
          reject(new Error(`it ended without printing '${text}':\n${stderr}`)),
        )
        look()
      }),
    async ended() {
      const [code, signal] = (await closed) as [number | null, NodeJS.Signals | null]
      return { code, signal, stdout, stderr }
    },
  }
}

/** Runs a program of `fixtures` to its end. */
export function runProgram(program: URL, ...args: string[]): Promise<Ended> {
  return startProgram(program, ...args).ended()
}
