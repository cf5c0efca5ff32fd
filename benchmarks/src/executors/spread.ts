import { fork } from 'node:child_process'
import { once } from 'node:events'
import type { Case, NodeContender, Sample } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { contendersOf, PROCESS_POOL_EXECUTOR, processPools, rowsAgainst } from './contenders.ts'
import { type Pool, WORKERS } from './pool.ts'

// Eight times fib(32), each some 30 ms of work, over two processes. There are two ideals: the time of
// one process that does it all, halved; and two processes without any pool that are told once and
// answer once. The second one knows that two cores are not always twice as fast as one.
const TIMES = 8
const N = 32
const FIB = 2_178_309
const WITHIN = 1.1
const NONE = 0

const HALVED = 'one process, halved'
const BARE = 'two bare processes'

const ms = async (work: () => Promise<number>): Promise<number> => {
  const start = performance.now()
  check('sum', await work(), TIMES * FIB)
  return performance.now() - start
}

const spread =
  (pool: Pool): Sample =>
  () =>
    ms(async () => {
      const results = await Promise.all(
        Array.from({ length: TIMES }, async () => (await pool.call('fib', N)) as number),
      )
      return results.reduce((sum, result) => sum + result, 0)
    })

const halved: NodeContender = {
  prepare: async () => {
    const { fib } = await import('./work/plain.ts')
    return async () => {
      const whole = await ms(async () => {
        let sum = 0
        for (let i = 0; i < TIMES; i++) sum += fib(N)
        return sum
      })
      return whole / WORKERS
    }
  },
}

const bare: NodeContender = {
  prepare: async () => {
    const children = Array.from({ length: WORKERS }, () =>
      fork(new URL('./work/bare.js', import.meta.url)),
    )
    const share = async (child: (typeof children)[number]) => {
      child.send({ times: TIMES / WORKERS, n: N })
      const [sum] = (await once(child, 'message')) as [number]
      return sum
    }
    return () =>
      ms(async () => {
        const sums = await Promise.all(children.map(share))
        return sums.reduce((sum, one) => sum + one, 0)
      })
  },
}

export const spreadOfFib: Case = {
  name: 'spread',
  processes: 2,
  rounds: 3,
  warmUpMs: 400,
  rows: rowsAgainst(
    { case: `fib(${N}), ${TIMES} times over two processes`, unit: 'ms', hocket: 'processes' },
    [HALVED, BARE, 'tinypool processes', 'workerpool processes', PROCESS_POOL_EXECUTOR],
    (peer) => (peer === HALVED || peer === BARE ? 1 / WITHIN : NONE),
  ),
  contenders: {
    ...contendersOf(processPools, spread),
    [HALVED]: halved,
    [BARE]: bare,
    [PROCESS_POOL_EXECUTOR]: { python: 'process_fib', loop: 'asyncio' },
  },
}
