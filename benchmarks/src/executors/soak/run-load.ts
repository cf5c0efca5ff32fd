import { readFileSync } from 'node:fs'
import { type PoolExecutor, ProcessPoolExecutor, ThreadPoolExecutor } from '@hocket/executors'
import { randomOf } from '../../lib/random.ts'
import { Load, work } from './load.ts'
import { Tally } from './tally.ts'
import type { Fault } from './work.ts'

export type Kind = 'threads' | 'processes'

/** What a minute of faults came to. */
export interface Soaked {
  readonly accepted: number
  readonly settled: number
  readonly lost: number
  readonly twice: number
  readonly wrong: number
  readonly examples: readonly string[]
  readonly outcomes: Readonly<Record<string, number>>
  readonly faults: Readonly<Record<string, number>>
  /** Those that the executor keeps, once it has begun. */
  readonly workers: number
  readonly died: number
  readonly started: number
  /** Workers that are there after shutdown(). */
  readonly left: number
  /** How long it took to cancel the queued calls of the burst, in ms. */
  readonly burstMs: number
  readonly longestMs: number
}

const WORKERS = 3
const IN_FLIGHT = 200
const FAULT_EVERY_MS = 1000
const BURST = 100_000
const LONGEST_SETTLING_MS = 30_000
const ALL_FAULTS: readonly (Fault | 'kill -9')[] = [
  'exit',
  'error',
  'kill -9',
  'rejection',
  'memory',
]

/** Loads one executor for so long, kills a worker every second, and counts. */
export async function runLoad(kind: Kind, seconds: number): Promise<Soaked> {
  const options = { maxWorkers: WORKERS, resourceLimits: { maxOldGenerationSizeMb: 64 } }
  const threadsBefore = countThreads()
  const executor: PoolExecutor =
    kind === 'threads' ? new ThreadPoolExecutor(options) : new ProcessPoolExecutor(options)
  const tally = new Tally()
  const load = new Load(executor, tally, randomOf(1))
  const faults: Record<string, number> = {}
  load.start(IN_FLIGHT)
  let burstMs = 0
  const possible = ALL_FAULTS.filter((fault) => kind === 'processes' || fault !== 'kill -9')
  for (let second = 1; second <= seconds; second++) {
    await after(FAULT_EVERY_MS)
    const fault = possible[second % possible.length] ?? 'exit'
    inflict(executor, tally, fault)
    faults[fault] = (faults[fault] ?? 0) + 1
    if (second === Math.ceil(seconds / 2)) burstMs = cancelBurst(executor, tally)
  }
  load.stop()
  const deadline = performance.now() + LONGEST_SETTLING_MS
  while (tally.open > 0 && performance.now() < deadline) await after(20)
  const { workersLost, workersStarted } = executor.statistics()
  const lost = tally.open
  await Promise.race([executor.shutdown(), after(LONGEST_SETTLING_MS, { isRef: false })])
  await after(100)
  return {
    accepted: tally.accepted,
    settled: tally.settled,
    lost,
    twice: tally.twice,
    wrong: tally.wrong,
    examples: tally.examples,
    outcomes: tally.outcomes,
    faults,
    workers: WORKERS,
    died: workersLost,
    started: workersStarted,
    left: Math.max(executor.statistics().workers, leftOver(kind, threadsBefore)),
    burstMs,
    longestMs: tally.longestMs,
  }
}

function inflict(executor: PoolExecutor, tally: Tally, fault: Fault | 'kill -9'): void {
  if (fault !== 'kill -9') {
    tally.follow(executor.submit(work.die, fault), { result: 'never' })
    return
  }
  const [id] = executor.workerIds()
  if (id !== undefined) process.kill(id, 'SIGKILL')
}

/** Queues more than the workers can have begun, and cancels all of it at once. */
function cancelBurst(executor: PoolExecutor, tally: Tally): number {
  const futures = Array.from({ length: BURST }, (_, n) => executor.submit(work.number, n))
  for (const [n, future] of futures.entries()) tally.follow(future, { result: n })
  const begun = performance.now()
  for (const future of futures) future.cancel()
  return performance.now() - begun
}

/** Processes or threads of ours that nobody has ended, where the system tells. */
function leftOver(kind: Kind, threadsBefore: number): number {
  try {
    if (kind === 'threads') return Math.max(0, countThreads() - threadsBefore)
    const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8')
    return children.split(' ').filter((pid) => pid !== '').length
  } catch {
    return 0
  }
}

function countThreads(): number {
  try {
    return Number(/^Threads:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}

function after(ms: number, { isRef = true } = {}): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    if (!isRef) timer.unref()
  })
}
