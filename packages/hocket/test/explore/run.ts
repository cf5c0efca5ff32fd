import { type Exploration, explore, ScheduleError } from '@hocket/testing'
import { combine } from './combine.ts'
import { groups } from './groups.ts'
import { locks } from './locks.ts'
import { queues } from './queues.ts'
import type { Scenario } from './scenario.ts'

export const scenarios: readonly Scenario[] = [...locks, ...queues, ...groups, ...combine]

/** Plays a scenario with cancellations at every suspension point. */
export function exploreScenario(
  { body, options }: Scenario,
  schedules: number,
  seed = 1,
): Promise<Exploration> {
  return explore(body, { cancel: true, seed, schedules, ...options })
}

/** The failure of a scenario, null where it holds. */
export async function failureOf(
  scenario: Scenario,
  schedules: number,
): Promise<ScheduleError | null> {
  try {
    await exploreScenario(scenario, schedules)
    return null
  } catch (error) {
    if (error instanceof ScheduleError) return error
    throw error
  }
}
