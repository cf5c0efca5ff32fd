import type { Case, Sample } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { median } from '../lib/figures.ts'
import {
  contendersOf,
  PROCESS_POOL_EXECUTOR,
  processPools,
  rowsAgainst,
  THREAD_POOL_EXECUTOR,
  threadPools,
} from './contenders.ts'
import type { Pool } from './pool.ts'

// One call after the other, nothing else under way: how long it takes until the sum of two numbers is
// back from an idle worker. A sample is the median of 300 calls, since the slowest ones are what else
// the machine did, and it is warm: the engine has compiled what it will. Pools that hand many calls to a
// worker are left out: with one call they do the same.
const CALLS = 300
const NS_PER_MS = 1_000_000
const NO_SLOWER = 1

const latency =
  (pool: Pool): Sample =>
  async () => {
    const times = []
    let sum = 0
    for (let i = 0; i < CALLS; i++) {
      const start = performance.now()
      sum += (await pool.call('add', { a: i, b: 1 })) as number
      times.push((performance.now() - start) * NS_PER_MS)
    }
    check('sum', sum, (CALLS * (CALLS + 1)) / 2)
    return median(times)
  }

const one = (names: Readonly<Record<string, unknown>>) =>
  Object.keys(names).filter((name) => !name.endsWith('a worker'))

const row = { case: 'one call in flight', unit: 'ns until it is back' }

export const latencyOfOne: Case = {
  name: 'latency',
  processes: 2,
  rounds: 7,
  warmUpMs: 1500,
  rows: [
    ...rowsAgainst(
      { ...row, hocket: 'threads' },
      [...one(threadPools), THREAD_POOL_EXECUTOR],
      () => NO_SLOWER,
    ),
    ...rowsAgainst(
      { ...row, hocket: 'processes' },
      [...one(processPools), PROCESS_POOL_EXECUTOR],
      () => NO_SLOWER,
    ),
  ],
  contenders: {
    ...contendersOf({ ...threadPools, ...processPools }, latency),
    [THREAD_POOL_EXECUTOR]: { python: 'thread_latency', loop: 'asyncio' },
    [PROCESS_POOL_EXECUTOR]: { python: 'process_latency', loop: 'asyncio' },
  },
}
