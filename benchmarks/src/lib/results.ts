import { type Case, isPython, type Row } from './case.ts'
import { median, ratioOf, rounded } from './figures.ts'
import type { Figures } from './measure.ts'
import { pythonCommand } from './python.ts'

/** A row with its figures. Those are null where the measurement failed. */
export interface Result {
  case: string
  unit: string
  hocket: number | null
  peer: number | null
  peerName: string
  ratio: number | null
  bar: number
}

/** What the rows come to; rows whose rival is not on this machine are left out. */
export function resultsOf(
  suite: string,
  measured: Case,
  rows: readonly Row[],
  figures: Figures,
): Result[] {
  const results: Result[] = []
  for (const row of rows) {
    const hocket = figures.get(row.hocket) ?? []
    const peer = figuresOfPeer(row, figures, hocket.length)
    if (peer === undefined) continue
    const peerName = nameOfPeer(suite, measured, row)
    results.push({ ...headOf(row), ...compare(hocket, peer), peerName, bar: row.bar })
  }
  return results
}

/** The rows of a case that could not be measured. */
export function failedResults(suite: string, measured: Case, rows: readonly Row[]): Result[] {
  return rows.map((row) => ({
    ...headOf(row),
    hocket: null,
    peer: null,
    ratio: null,
    peerName: nameOfPeer(suite, measured, row),
    bar: row.bar,
  }))
}

/** False for what could not be measured, too. */
export function reachesBar(result: Result): boolean {
  return result.ratio !== null && result.ratio >= result.bar
}

function compare(hocket: readonly number[], peer: readonly number[]) {
  const ratios = hocket.map((figure, round) => ratioOf(peer[round] as number, figure))
  return {
    hocket: rounded(median(hocket)),
    peer: rounded(median(peer)),
    ratio: rounded(median(ratios)),
  }
}

function headOf(row: Row): { case: string; unit: string } {
  return { case: row.case, unit: row.unit }
}

function figuresOfPeer(row: Row, figures: Figures, rounds: number): readonly number[] | undefined {
  if (typeof row.peer === 'string') return figures.get(row.peer)
  return new Array<number>(rounds).fill(row.peer.limit)
}

function nameOfPeer(suite: string, measured: Case, row: Row): string {
  if (typeof row.peer !== 'string') return `limit ${row.peer.text}`
  const contender = measured.contenders[row.peer]
  if (contender === undefined || !isPython(contender)) return row.peer
  const version = pythonCommand(suite, contender)?.version ?? 'no Python'
  return `${row.peer}, ${version}`
}
