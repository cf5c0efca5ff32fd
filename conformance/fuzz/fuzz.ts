import { findPython } from '../src/python.ts'
import { type Spelling, spellings } from '../src/spellings.ts'
import { differences } from './check.ts'
import { type Entry, writeCorpus } from './corpus.ts'
import { generate } from './generate/generate.ts'
import type { Program } from './language/program.ts'
import { askPython } from './oracle.ts'
import { playProgram } from './play/play.ts'
import { printProgram, printTrace } from './print.ts'
import { type FindFirst, shrink } from './shrink.ts'

// Python is started once for so many programs.
const BATCH = 500
// The first few differences are worth reading, and shrinking each takes seconds.
const SHOWN = 3

/** Plays fresh random programs on CPython and in all spellings here; gives the exit code. */
export async function fuzz(count: number, seed: number): Promise<number> {
  const python = findPython()
  console.log(`seeds ${seed} to ${seed + count - 1}, against ${python}`)
  const differing = new Map<Spelling, number[]>(spellings.map((spelling) => [spelling, []]))
  for await (const { program, trace } of play(python, count, seed)) {
    for (const spelling of spellings) {
      const report = await differences(program, trace, spelling)
      if (report.length > 0) differing.get(spelling)?.push(program.seed)
    }
  }
  for (const [spelling, seeds] of differing) {
    console.log(`${spelling.padEnd(11)} ${count} programs, ${seeds.length} differed`)
  }
  const all = [...new Set([...differing.values()].flat())]
  for (const found of all.slice(0, SHOWN)) {
    const spelling = spellings.find((name) => differing.get(name)?.includes(found)) as Spelling
    console.log(await explain(python, found, spelling))
  }
  if (all.length > SHOWN) console.log(`The seeds of the others: ${all.slice(SHOWN).join(' ')}`)
  return all.length === 0 ? 0 : 1
}

/** Makes the corpus anew: the programs of `count` seeds from `seed` on. */
export async function recordCorpus(count: number, seed: number): Promise<void> {
  const python = findPython()
  const entries: Entry[] = []
  for await (const entry of play(python, count, seed)) entries.push(entry)
  writeCorpus(entries)
  console.log(`${entries.length} programs recorded with ${python}`)
}

async function* play(python: string, count: number, seed: number): AsyncGenerator<Entry> {
  for (let done = 0; done < count; done += BATCH) {
    const length = Math.min(BATCH, count - done)
    const programs = Array.from({ length }, (_, index) => generate(seed + done + index))
    const traces = askPython(python, programs)
    for (const [index, program] of programs.entries()) {
      yield { program, trace: traces[index] as Entry['trace'] }
    }
  }
}

/** A difference, reduced, with both traces and how to see it again. */
async function explain(python: string, seed: number, spelling: Spelling): Promise<string> {
  const findFirst: FindFirst = async (programs) => {
    const traces = askPython(python, programs)
    for (const [index, program] of programs.entries()) {
      const trace = traces[index] as Entry['trace']
      if ((await differences(program, trace, spelling)).length > 0) return index
    }
    return -1
  }
  const smallest: Program = await shrink(generate(seed), findFirst)
  const [recorded] = askPython(python, [smallest]) as [Entry['trace']]
  return [
    '',
    `The ${spelling} spelling of seed ${seed} differs. To see it again:`,
    `    npm run conformance -- --fuzz 1 --seed ${seed}`,
    'Reduced:',
    ...printProgram(smallest).map((line) => `    ${line}`),
    'CPython:',
    ...printTrace(recorded).map((line) => `    ${line}`),
    'Hocket:',
    ...printTrace(await playProgram(smallest, spelling)).map((line) => `    ${line}`),
  ].join('\n')
}
