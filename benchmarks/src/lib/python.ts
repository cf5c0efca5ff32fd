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
  hasUvloop: boolean
}

const ABOUT = `
import importlib.util as u, platform as p
print(f"{p.python_implementation()} {p.python_version()};{u.find_spec('uvloop') is not None}")
`

let found: Python | null | undefined

/** How to start a Python contender, and what runs it; null where there is nothing to run it. */
export function pythonCommand(
  suite: string,
  contender: PythonContender,
): { command: Command; version: string } | null {
  if (found === undefined) found = findPython()
  if (found === null || (contender.loop === 'uvloop' && !found.hasUvloop)) return null
  const script = fileURLToPath(new URL(`../../python/${suite}.py`, import.meta.url))
  const args = ['-B', script, contender.python, contender.loop]
  return { command: { file: found.file, args }, version: found.version }
}

/** CPython 3.13 where there is one, since the bars are about that; else whatever is there. */
function findPython(): Python | null {
  const versions = join(homedir(), '.pyenv', 'versions')
  const names = existsSync(versions) ? readdirSync(versions) : []
  const pyenv = names.filter((name) => name.startsWith('3.13')).sort()
  const files = ['python3.13', ...pyenv.map((name) => join(versions, name, 'bin', 'python'))]
  for (const file of [...files, 'python3']) {
    const result = spawnSync(file, ['-c', ABOUT], { encoding: 'utf8' })
    const [version, hasUvloop] = (result.stdout ?? '').trim().split(';')
    if (result.status === 0 && version) return { file, version, hasUvloop: hasUvloop === 'True' }
  }
  return null
}
