import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PythonContender } from './case.ts'
import type { Command } from './contender-process.ts'

interface Python {
  file: string
  /** As in "CPython 3.13.0". */
  version: string
}

const ABOUT = `
import importlib.util as u, platform as p, sys
missing = [name for name in sys.argv[1:] if u.find_spec(name) is None]
print(f"{p.python_implementation()} {p.python_version()};{','.join(missing)}")
`

const found = new Map<string, Python | null>()

/** How to start a Python contender, and what runs it; null where there is nothing to run it. */
export function pythonCommand(
  suite: string,
  contender: PythonContender,
): { command: Command; version: string } | null {
  const modules = contender.needs === undefined ? [] : [contender.needs]
  if (contender.loop === 'uvloop') modules.push('uvloop')
  const key = modules.join()
  if (!found.has(key)) found.set(key, findPython(modules))
  const python = found.get(key) ?? null
  if (python === null) return null
  const name = `${contender.script ?? suite}.py`
  const script = fileURLToPath(new URL(`../../python/${name}`, import.meta.url))
  const args = ['-B', script, contender.python, contender.loop]
  return { command: { file: python.file, args }, version: python.version }
}

/** CPython 3.13 where there is one, since the bars are about that; else whatever is there. */
function findPython(modules: readonly string[]): Python | null {
  const versions = join(homedir(), '.pyenv', 'versions')
  const names = existsSync(versions) ? readdirSync(versions) : []
  const pyenv = names.filter((name) => name.startsWith('3.13')).sort()
  const files = ['python3.13', ...pyenv.map((name) => join(versions, name, 'bin', 'python'))]
  for (const file of [...files, 'python3', '/usr/bin/python3']) {
    const result = spawnSync(file, ['-c', ABOUT, ...modules], { encoding: 'utf8' })
    const [version, missing] = (result.stdout ?? '').trim().split(';')
    if (result.status === 0 && version && missing === '') return { file, version }
  }
  return null
}
