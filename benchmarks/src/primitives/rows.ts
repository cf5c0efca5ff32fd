import type { Row } from '../lib/case.ts'

const TIMES_ASYNCIO = 10
const NO_SLOWER = 1
const NONE = 0

const LIMITERS = new Set(['p-limit', 'p-map', 'p-queue'])

/**
 * A row for each pair of a Hocket contender and a rival. Of generators, ten times asyncio is asked,
 * and to be no slower than any other. Async functions must be no slower than the packages that limit
 * promises, whose programs are async functions too; else they are there to be seen.
 */
export function rowsOf(
  title: string,
  unit: string,
  hockets: readonly string[],
  peers: readonly string[],
): Row[] {
  return hockets.flatMap((hocket) =>
    peers.map((peer) => ({
      case: `${title}, ${hocket}`,
      unit,
      hocket,
      peer,
      bar: hocket.startsWith('generators') ? barOfGenerators(peer) : barOfAsyncFunctions(peer),
    })),
  )
}

function barOfGenerators(peer: string): number {
  return peer === 'asyncio' ? TIMES_ASYNCIO : NO_SLOWER
}

function barOfAsyncFunctions(peer: string): number {
  return LIMITERS.has(peer) ? NO_SLOWER : NONE
}
