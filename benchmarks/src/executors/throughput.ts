import type { Case, Sample } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import {
  contendersOf,
  PROCESS_POOL_EXECUTOR,
  processPools,
  rowsAgainst,
  THREAD_POOL_EXECUTOR,
  threadPools,
} from './contenders.ts'
import { inLoop } from './in-loop.ts'
import type { Pool } from './pool.ts'

// A thousand async functions call a function that adds two numbers, one call after the other, until
// there have been 8,000 calls: a thousand are always under way, on two workers. What is measured is
// what a pool itself costs, on both sides. The same object with two numbers goes there, and
// the sum comes back; the sum of all sums is checked.
//
// A pool that hands one call at a time to a worker is idle between two of them. Piscina and tinypool
// can hand out many, which is not their default: they are here in both ways, and the bar is about
// the defaults, awaited by async functions on both sides. Tasks of a loop can be cancelled, and pay for
// it. In Python one thread waits for the oldest of a thousand futures and submits the next call, which is
// the fastest way there; its functions get two numbers.
const CALLS = 8000
const IN_FLIGHT = 1000
const SUM = (CALLS * (CALLS - 1)) / 2 + CALLS

const throughput =
  (pool: Pool): Sample =>
  () =>
    nsPer(CALLS, async () => {
      let next = 0
      let sum = 0
      const caller = async () => {
        while (next < CALLS) {
          const result = (await pool.call('add', { a: next++, b: 1 })) as number
          sum += result
        }
      }
      await Promise.all(Array.from({ length: IN_FLIGHT }, caller))
      check('sum', sum, SUM)
    })

const TIMES_PISCINA = 6
const TIMES_TINYPOOL_PROCESSES = 10
const NO_SLOWER = 1
const NONE = 0

const THREAD_PEERS = [
  ...Object.keys(threadPools).filter((name) => name !== 'threads'),
  THREAD_POOL_EXECUTOR,
]
const PROCESS_PEERS = [
  ...Object.keys(processPools).filter((name) => name !== 'processes'),
  PROCESS_POOL_EXECUTOR,
]

const row = { case: `${IN_FLIGHT.toLocaleString('en-US')} calls in flight`, unit: 'ns per call' }

export const throughputOfTiny: Case = {
  name: 'throughput',
  processes: 2,
  rounds: 5,
  warmUpMs: 1500,
  rows: [
    ...rowsAgainst({ ...row, hocket: 'threads' }, THREAD_PEERS, (peer) =>
      peer === 'piscina' ? TIMES_PISCINA : barOf(peer),
    ),
    ...rowsAgainst({ ...row, hocket: 'threads, in a loop' }, THREAD_PEERS, barOf),
    ...rowsAgainst({ ...row, hocket: 'processes' }, PROCESS_PEERS, (peer) =>
      peer === 'tinypool processes' ? TIMES_TINYPOOL_PROCESSES : barOf(peer),
    ),
    ...rowsAgainst({ ...row, hocket: 'processes, in a loop' }, PROCESS_PEERS, barOf),
  ],
  contenders: {
    ...contendersOf({ ...threadPools, ...processPools }, throughput),
    'threads, in a loop': inLoop('ThreadPoolExecutor', CALLS, IN_FLIGHT),
    'processes, in a loop': inLoop('ProcessPoolExecutor', CALLS, IN_FLIGHT),
    [THREAD_POOL_EXECUTOR]: { python: 'thread_throughput', loop: 'asyncio' },
    [PROCESS_POOL_EXECUTOR]: { python: 'process_throughput', loop: 'asyncio' },
  },
}

function barOf(peer: string): number {
  return peer.endsWith('PoolExecutor') ? NONE : NO_SLOWER
}
