import { type Case, isPython, type Row } from './case.ts'
import { median, ratioOf, rounded } from './figures.ts'
import type { Figures } from './measure.ts'
import { pythonCommand } from './python.ts'

/** A row with its figures. Those are null where a measurement failed. */
export interface Result {
  case: string
  unit: string
  hocket: number | null
  peer: number | null
  peerName: string
  ratio: number | null
  bar: number
}

/** What a row comes to. */
export function resultOf(suite: string, measured: Case, row: Row, figures: Figures): Result {
  const hocket = figures.get(row.hocket)
  const peer = peerFigures(row, figures, hocket?.length ?? 0)
  const ratios = hocket?.map((figure, round) => ratioOf(peer?.[round] ?? Number.NaN, figure))
  const isComplete = hocket !== undefined && peer !== undefined && ratios !== undefined
  return {
    case: row.case,
    unit: row.unit,
    hocket: isComplete ? rounded(median(hocket)) : null,
    peer: isComplete ? rounded(median(peer)) : null,
    peerName: nameOfPeer(suite, measured, row),
    ratio: isComplete ? rounded(median(ratios)) : null,
    bar: rounded(row.bar),
  }
}

/** False for what could not be measured, too. */
export function reachesBar(result: Result): boolean {
  return result.ratio !== null && result.ratio >= result.bar
}

function peerFigures(row: Row, figures: Figures, rounds: number): readonly number[] | undefined {
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
