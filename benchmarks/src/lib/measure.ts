import { fileURLToPath } from 'node:url'
import { type Case, isPython, type Row } from './case.ts'
import { type Command, ContenderProcess } from './contender-process.ts'
import { pythonCommand } from './python.ts'

/** The figures of every contender, one a round. Those that failed are not in it. */
export type Figures = ReadonlyMap<string, readonly number[]>

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url))

/** The rows that this machine can measure: those against Python need one. */
export function measurable(suite: string, measured: Case, rows: readonly Row[]): Row[] {
  return rows.filter(
    ({ peer }) => typeof peer !== 'string' || commandOf(suite, measured, peer) !== undefined,
  )
}

/**
 * Measures what `rows` need. In each round every contender gives one sample, right after each other
 * and in turned order every other time, so that what else the machine does hits all of them alike.
 */
export async function measure(
  suite: string,
  measured: Case,
  rows: readonly Row[],
): Promise<Figures> {
  const figures = new Map<string, number[]>()
  for (const name of Object.keys(measured.contenders)) {
    if (rows.some((row) => row.hocket === name || row.peer === name)) figures.set(name, [])
  }
  for (let generation = 0; generation < measured.processes; generation++) {
    await measureGeneration(suite, measured, figures, generation)
  }
  return figures
}

/** One process of each contender. A contender that fails is taken out of `figures`. */
async function measureGeneration(
  suite: string,
  measured: Case,
  figures: Map<string, number[]>,
  generation: number,
): Promise<void> {
  const contenders = new Map<string, ContenderProcess>()
  const attempt = async (name: string, what: () => Promise<void>) => {
    try {
      await what()
    } catch (error) {
      const why = error instanceof Error ? error.message : error
      process.stderr.write(`  not measured: ${measured.name}, ${name}: ${why}\n`)
      figures.delete(name)
      await contenders.get(name)?.stop()
      contenders.delete(name)
    }
  }
  // Started one after another: two that warm up at once would disturb each other.
  for (const name of inOrder([...figures.keys()], generation)) {
    const command = commandOf(suite, measured, name) as Command
    await attempt(name, async () => {
      const contender = new ContenderProcess(command)
      contenders.set(name, contender)
      await contender.ready()
    })
  }
  for (let round = 0; round < measured.rounds; round++) {
    for (const [name, contender] of inOrder([...contenders], round)) {
      await attempt(name, async () => {
        figures.get(name)?.push(await contender.sample())
      })
    }
  }
  for (const contender of contenders.values()) await contender.stop()
}

function commandOf(suite: string, measured: Case, name: string): Command | undefined {
  const contender = measured.contenders[name]
  if (contender !== undefined && isPython(contender)) {
    return pythonCommand(suite, contender)?.command
  }
  const args = ['--expose-gc', MAIN, '--child', suite, measured.name, name]
  return { file: process.execPath, args }
}

function inOrder<T>(all: T[], turn: number): T[] {
  return turn % 2 === 0 ? all : all.reverse()
}
