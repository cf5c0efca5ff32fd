import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { type Pair, root } from './pairs.ts'
import type { Trace } from './trace.ts'

/** A command that starts CPython 3.13, the one version whose traces are the oracle. */
export function findPython(candidates: readonly string[] = usualPythons()): string {
  const seen: string[] = []
  for (const command of candidates) {
    const version = versionOf(command)
    if (version === null) continue
    if (version.startsWith('CPython 3.13.')) return command
    seen.push(`${command} is ${version}`)
  }
  const found = seen.length === 0 ? 'found no Python' : `found ${seen.join(', ')}`
  throw new Error(`Traces are recorded from CPython 3.13 alone: ${found}. Put python3.13 on PATH.`)
}

/** Runs the Python side of a pair. */
export function record(python: string, pair: Pair): Trace {
  const result = spawnSync(python, ['-B', join(root, 'harness.py'), pair.python], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONASYNCIODEBUG: '', PYTHONHASHSEED: '0', PYTHONIOENCODING: 'utf-8' },
    timeout: 60_000,
  })
  if (result.status !== 0) {
    throw new Error(`${pair.name}.py: ${result.error?.message ?? result.stderr.trim()}`)
  }
  return JSON.parse(result.stdout) as Trace
}

function versionOf(command: string): string | null {
  const code = 'import platform; print(platform.python_implementation(), platform.python_version())'
  const result = spawnSync(command, ['-c', code], { encoding: 'utf8' })
  return result.status === 0 ? result.stdout.trim() : null
}

function usualPythons(): string[] {
  const versions = join(homedir(), '.pyenv', 'versions')
  const names = existsSync(versions) ? readdirSync(versions) : []
  const pyenv = names.filter((name) => name.startsWith('3.13')).sort()
  return ['python3.13', 'python3', ...pyenv.map((name) => join(versions, name, 'bin', 'python'))]
}
