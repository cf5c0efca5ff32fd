import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Program } from './harness.ts'
import { spell } from './spell.ts'
import type { PairSpelling } from './spellings.ts'
import type { Line, Trace } from './trace.ts'

export const root: string = join(import.meta.dirname, '..')

/** One program in Python and TypeScript, named `<room>/<name>`. */
export interface Pair {
  readonly name: string
  readonly python: string
  readonly typescript: string
  readonly trace: string
}

/** Every name that has a Python program, a TypeScript program or a trace. */
export function findNames(): string[] {
  const names = [
    ...filesBelow('pairs', '.py'),
    ...filesBelow('pairs', '.ts'),
    ...filesBelow('traces', '.json'),
  ]
  return [...new Set(names)].sort()
}

export function pairOf(name: string): Pair {
  return {
    name,
    python: join(root, 'pairs', `${name}.py`),
    typescript: join(root, 'pairs', `${name}.ts`),
    trace: join(root, 'traces', `${name}.json`),
  }
}

/** What a pair lacks: nothing, or names of files. */
export function missingFiles(pair: Pair): string[] {
  return [pair.python, pair.typescript, pair.trace].filter((path) => !existsSync(path))
}

/** The pairs that wait for a later release, by name, each with what it waits for. */
export function readExpected(): Map<string, string> {
  const text = readFileSync(join(root, 'expected.json'), 'utf8')
  return new Map(Object.entries((JSON.parse(text) as { later: Record<string, string> }).later))
}

export function readTrace(pair: Pair): Trace {
  return JSON.parse(readFileSync(pair.trace, 'utf8')) as Trace
}

/** One line of the file for each line of the trace, so that a change can be read. */
export function writeTrace(pair: Pair, trace: Trace): void {
  const lines = trace.lines.map((line: Line) => `    ${JSON.stringify(line)}`).join(',\n')
  const body = lines === '' ? '[]' : `[\n${lines}\n  ]`
  mkdirSync(dirname(pair.trace), { recursive: true })
  writeFileSync(
    pair.trace,
    `{\n  "lines": ${body},\n  "outcome": ${JSON.stringify(trace.outcome)}\n}\n`,
  )
}

/** The program of a pair, in the spelling asked for. */
export async function loadProgram(pair: Pair, spelling: PairSpelling): Promise<Program> {
  const path = spelling === 'async' ? pair.typescript : writeSpelled(pair, spelling)
  const module = (await import(pathToFileURL(path).href)) as { main: Program }
  return module.main
}

// As deep below this folder as the original, so that its relative imports hold.
function writeSpelled(pair: Pair, spelling: PairSpelling): string {
  const [room, name] = pair.name.split('/')
  const path = join(root, '.spelled', `${room}.${spelling}`, `${name}.ts`)
  const text = spell(readFileSync(pair.typescript, 'utf8'), `${pair.name}.ts`, spelling)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return path
  mkdirSync(dirname(path), { recursive: true })
  // Another process may be reading: it must never see half a file.
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, text)
  renameSync(draft, path)
  return path
}

function filesBelow(folder: string, extension: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(extension))
    .map((path) => path.slice(0, -extension.length).replaceAll('\\', '/'))
}
