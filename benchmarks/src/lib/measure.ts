import { fileURLToPath } from 'node:url'
import { type Case, isPython, type Row } from './case.ts'
import { type Command, ContenderProcess } from './contender-process.ts'
import { pythonCommand } from './python.ts'

/** The figures of every contender, one a round. */
export type Figures = ReadonlyMap<string, readonly number[]>

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url))

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
  const commands = commandsFor(suite, measured, rows)
  for (const name of commands.keys()) figures.set(name, [])
  for (let generation = 0; generation < measured.processes; generation++) {
    const contenders = new Map<string, ContenderProcess>()
    try {
      // One after another: two that warm up at once would disturb each other.
      for (const [name, command] of inOrder([...commands], generation)) {
        contenders.set(name, await ContenderProcess.start(`${measured.name}, ${name}`, command))
      }
      for (let round = 0; round < measured.rounds; round++) {
        for (const [name, contender] of inOrder([...contenders], round)) {
          figures.get(name)?.push(await contender.sample())
        }
      }
    } finally {
      for (const contender of contenders.values()) await contender.stop()
    }
  }
  return figures
}

/** Python contenders are left out where nothing can run them. */
function commandsFor(suite: string, measured: Case, rows: readonly Row[]): Map<string, Command> {
  const commands = new Map<string, Command>()
  for (const [name, contender] of Object.entries(measured.contenders)) {
    if (!rows.some((row) => row.hocket === name || row.peer === name)) continue
    const command = isPython(contender)
      ? pythonCommand(suite, contender)?.command
      : {
          file: process.execPath,
          args: ['--expose-gc', MAIN, '--child', suite, measured.name, name],
        }
    if (command !== undefined) commands.set(name, command)
  }
  return commands
}

function inOrder<T>(all: T[], turn: number): T[] {
  return turn % 2 === 0 ? all : all.reverse()
}
