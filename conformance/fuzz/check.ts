import { compare } from '../src/compare.ts'
import type { Spelling } from '../src/spellings.ts'
import type { Line, Trace } from '../src/trace.ts'
import { playProgram } from './play.ts'
import type { Program } from './program.ts'

/** Where a program leaves the trace that CPython has of it; nothing where it does not. */
export async function differences(
  program: Program,
  recorded: Trace,
  spelling: Spelling,
): Promise<string[]> {
  const ours = await playProgram(program, spelling)
  return compare(recorded, forgiveReasons(recorded, ours))
}

/**
 * A cancelled task of CPython forgets the reason when it is first read; ours keeps it. So a reason is
 * left out where CPython has none.
 */
function forgiveReasons(recorded: Trace, ours: Trace): Trace {
  const lines = ours.lines.map((line, index): Line => {
    const theirs = recorded.lines[index]?.[2]
    if (theirs?.endsWith('CancelledError') !== true) return line
    const text = line[2].replace(/(?<=CancelledError) [er]\d+$/, '')
    return text === theirs ? [line[0], line[1], text] : line
  })
  return { ...ours, lines }
}
