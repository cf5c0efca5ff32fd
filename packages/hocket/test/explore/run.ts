import { type Exploration, explore, ScheduleError } from '@hocket/testing'
import { broken } from './broken.ts'
import { combine } from './combine.ts'
import { groups } from './groups.ts'
import { limits } from './limits.ts'
import { locks } from './locks.ts'
import { maps } from './maps.ts'
import { queues } from './queues.ts'
import type { Scenario } from './scenario.ts'
import { together } from './together.ts'

export const scenarios: readonly Scenario[] = [
  ...locks,
  ...queues,
  ...groups,
  ...limits,
  ...combine,
  ...maps,
  ...together,
]

/** What does not hold yet. */
export const known: readonly Scenario[] = []

export interface Effort {
  /** How many schedules for each scenario. */
  readonly schedules: number
  readonly seed?: number
  /** How many tasks are cancelled in one schedule, at most; 1 when left out. */
  readonly cancels?: number
}

/** Plays a scenario, by default with a cancellation of any task but the body's. */
export function exploreScenario({ body, options }: Scenario, effort: Effort): Promise<Exploration> {
  return explore(body, { cancel: true, ...effort, ...options })
}

/** Finds the failure of a scenario; null where it holds. */
export async function failureOf(scenario: Scenario, effort: Effort): Promise<ScheduleError | null> {
  try {
    await exploreScenario(scenario, effort)
    return null
  } catch (error) {
    if (error instanceof ScheduleError) return error
    throw error
  }
}

/** Plays the schedule of a failure again; true if it fails in the same way. */
export async function replays(
  { body, options }: Scenario,
  failure: ScheduleError,
): Promise<boolean> {
  try {
    await explore(body, { cancel: true, ...options, replay: failure.schedule })
    return false
  } catch (error) {
    return error instanceof ScheduleError && String(error.cause) === String(failure.cause)
  }
}

interface Row {
  scenarios: number
  complete: number
  schedules: number
  violations: number
}

/**
 * Explores what matches `filter`, and then whether the faults of broken primitives are found. Prints
 * what it has done; gives the number of violations.
 */
export async function exploreAll(
  effort: Effort,
  filter: string,
  print: (line: string) => void,
): Promise<number> {
  const wanted = ({ primitive, promise }: Scenario) =>
    `${primitive} ${promise}`.toLowerCase().includes(filter.toLowerCase())
  const chosen = scenarios.filter(wanted)
  const primitives = new Set(chosen.map(({ primitive }) => primitive))
  const reports: string[] = []
  const total: Row = { scenarios: 0, complete: 0, schedules: 0, violations: 0 }
  print(line('primitive', 'scenarios', 'complete', 'schedules', 'violations'))
  for (const primitive of primitives) {
    const members = chosen.filter((scenario) => scenario.primitive === primitive)
    const row: Row = { scenarios: members.length, complete: 0, schedules: 0, violations: 0 }
    for (const scenario of members) {
      try {
        const { schedules, isComplete } = await exploreScenario(scenario, effort)
        row.schedules += schedules
        if (isComplete) row.complete += 1
      } catch (error) {
        if (!(error instanceof ScheduleError)) throw error
        row.schedules += error.schedules
        row.violations += 1
        reports.push(`\n${primitive} ${scenario.promise}\n${error.message}`)
      }
    }
    for (const key of Object.keys(row) as (keyof Row)[]) total[key] += row[key]
    print(lineOf(primitive, row))
  }
  print(lineOf('all', total))
  for (const report of reports) print(report)
  for (const scenario of known.filter(wanted)) {
    const failure = await failureOf(scenario, effort)
    const state = failure === null ? 'no longer: move it to the others' : `'${failure.schedule}'`
    print(`known: ${scenario.primitive}: ${scenario.promise}: ${state}`)
  }
  return total.violations + (await findBroken(effort, wanted, print))
}

/** An explorer that finds nothing is broken itself. */
async function findBroken(
  effort: Effort,
  wanted: (scenario: Scenario) => boolean,
  print: (line: string) => void,
): Promise<number> {
  let missed = 0
  for (const scenario of broken.filter(wanted)) {
    const failure = await failureOf(scenario, effort)
    const isFound = failure !== null && (await replays(scenario, failure))
    if (!isFound) missed += 1
    const found = `found by schedule ${failure?.schedules}, replays as '${failure?.schedule}'`
    print(`${scenario.primitive}: ${scenario.promise}: ${isFound ? found : 'MISSED'}`)
  }
  return missed
}

function lineOf(name: string, { scenarios, complete, schedules, violations }: Row): string {
  return line(
    name,
    ...[scenarios, complete, schedules, violations].map((each) => each.toLocaleString('en')),
  )
}

function line(name: string, ...cells: string[]): string {
  return [name.padEnd(18), ...cells.map((cell) => cell.padStart(11))].join('')
}
