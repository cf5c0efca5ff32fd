import type { Case } from '../lib/case.ts'
import { latencyOfOne } from './latency.ts'
import { spreadOfFib } from './spread.ts'
import { throughputOfTiny } from './throughput.ts'
import { transferOfBuffers } from './transfer.ts'

/** Pools of threads and processes, with two workers each. */
export const cases: readonly Case[] = [
  throughputOfTiny,
  latencyOfOne,
  transferOfBuffers,
  spreadOfFib,
]
