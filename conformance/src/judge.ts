import { compare } from './compare.ts'
import { play } from './harness.ts'
import { loadProgram, type Pair, readTrace } from './pairs.ts'
import type { PairSpelling } from './spellings.ts'

/** `late`: the pair is marked for a later release and does pass. */
export type Verdict = 'passed' | 'failed' | 'later' | 'late'

export interface Judgement {
  readonly verdict: Verdict
  readonly report: readonly string[]
}

/** Plays one spelling of a pair against its trace. `mark`: what the pair waits for, if it does. */
export async function judge(
  pair: Pair,
  spelling: PairSpelling,
  mark: string | undefined,
): Promise<Judgement> {
  const report = await differences(pair, spelling)
  if (mark === undefined) return { verdict: report.length === 0 ? 'passed' : 'failed', report }
  if (report.length > 0) return { verdict: 'later', report: [mark] }
  return { verdict: 'late', report: [`passes now: remove its mark from expected.json (${mark})`] }
}

async function differences(pair: Pair, spelling: PairSpelling): Promise<string[]> {
  const printed: string[] = []
  try {
    const trace = await play(await loadProgram(pair, spelling), printed)
    const report = compare(readTrace(pair), trace)
    return report.length === 0 ? [] : [...report, ...printed]
  } catch (error) {
    return [String(error instanceof Error ? error.stack : error), ...printed]
  }
}
