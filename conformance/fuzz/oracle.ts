import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Trace } from '../src/trace.ts'
import type { Program } from './language/program.ts'

// Hundreds of programs take two seconds.
const TIMEOUT_MS = 120_000

/** What CPython does: a trace for each program. */
export function askPython(python: string, programs: readonly Program[]): Trace[] {
  const result = spawnSync(python, ['-B', join(import.meta.dirname, 'python', 'interpret.py')], {
    encoding: 'utf8',
    env: { ...process.env, PYTHONASYNCIODEBUG: '', PYTHONIOENCODING: 'utf-8' },
    input: programs.map((program) => `${JSON.stringify(program)}\n`).join(''),
    maxBuffer: 1 << 29,
    timeout: TIMEOUT_MS,
  })
  const traces = (result.stdout ?? '').split('\n').filter((line) => line !== '')
  if (result.status !== 0 || traces.length !== programs.length) {
    const why = result.error?.message ?? result.stderr.trim()
    const failed = programs[traces.length]
    throw new Error(`interpret.py fails, maybe on the program of seed ${failed?.seed}: ${why}`)
  }
  return traces.map((line) => JSON.parse(line) as Trace)
}
