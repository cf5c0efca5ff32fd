import type { Contender, Row, Sample } from '../lib/case.ts'
import { hocket } from './hocket.ts'
import type { OpenPool, Pool } from './pool.ts'
import { piscina } from './rivals/piscina.ts'
import { tinypool } from './rivals/tinypool.ts'
import { workerpool } from './rivals/workerpool.ts'

const MANY = 500

/** Pools of threads, by their names in the report. */
export const threadPools: Readonly<Record<string, OpenPool>> = {
  threads: hocket('ThreadPoolExecutor'),
  piscina: piscina(),
  [`piscina, ${MANY} a worker`]: piscina(MANY),
  'tinypool threads': tinypool('worker_threads'),
  [`tinypool threads, ${MANY} a worker`]: tinypool('worker_threads', MANY),
  'workerpool threads': workerpool('thread'),
}

/** Pools of processes. */
export const processPools: Readonly<Record<string, OpenPool>> = {
  processes: hocket('ProcessPoolExecutor'),
  'tinypool processes': tinypool('child_process'),
  [`tinypool processes, ${MANY} a worker`]: tinypool('child_process', MANY),
  'workerpool processes': workerpool('process'),
}

export const THREAD_POOL_EXECUTOR = 'ThreadPoolExecutor'
export const PROCESS_POOL_EXECUTOR = 'ProcessPoolExecutor'

/** The same measurement with each pool. */
export function contendersOf(
  pools: Readonly<Record<string, OpenPool>>,
  measure: (pool: Pool) => Sample,
): Record<string, Contender> {
  const entries = Object.entries(pools).map(
    ([name, open]) => [name, { prepare: async () => measure(await open()) }] as const,
  )
  return Object.fromEntries(entries)
}

/** A row for each rival of one contender. */
export function rowsAgainst(
  row: Pick<Row, 'case' | 'unit' | 'hocket'>,
  peers: readonly string[],
  barOf: (peer: string) => number,
): Row[] {
  return peers
    .filter((peer) => peer !== row.hocket)
    .map((peer) => ({ ...row, case: `${row.case}, ${row.hocket}`, peer, bar: barOf(peer) }))
}
