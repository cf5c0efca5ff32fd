import { compare } from '../src/compare.ts'
import type { Spelling } from '../src/spellings.ts'
import type { Line, Trace } from '../src/trace.ts'
import type { Program } from './language/program.ts'
import { playProgram } from './play/play.ts'

/** Where a program leaves the trace that CPython has of it; nothing where it does not. */
export async function differences(
  program: Program,
  recorded: Trace,
  spelling: Spelling,
): Promise<string[]> {
  const ours = await playProgram(program, spelling)
  return compare(recorded, forgiveReasons(recorded, ours))
}

const cancelled = 'CancelledError'
const reason = /^ [er]\d+/

/**
 * A cancelled task of CPython forgets the reason when it is first read; ours keeps it. So a reason is
 * left out where CPython has none.
 */
function forgiveReasons(recorded: Trace, ours: Trace): Trace {
  const lines = ours.lines.map((line, index): Line => {
    const theirs = recorded.lines[index]?.[2]
    if (theirs === undefined || theirs === line[2] || !theirs.includes(cancelled)) return line
    const rests = theirs.split(cancelled)
    const forgiven = line[2]
      .split(cancelled)
      .map((rest, n) => (reason.test(rests[n] ?? '') ? rest : rest.replace(reason, '')))
      .join(cancelled)
    return forgiven === theirs ? [line[0], line[1], forgiven] : line
  })
  return { ...ours, lines }
}
