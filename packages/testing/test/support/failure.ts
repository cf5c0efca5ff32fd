import { type ExploredBody, type ExploreOptions, explore, ScheduleError } from '@hocket/testing'

/** The failure that `explore` must find. */
export async function failureOf(
  body: ExploredBody,
  options?: ExploreOptions,
): Promise<ScheduleError> {
  try {
    await explore(body, options)
  } catch (error) {
    if (error instanceof ScheduleError) return error
    throw error
  }
  throw new Error('no schedule failed')
}

/** What the schedule has failed with. */
export async function messageOf(body: ExploredBody, options?: ExploreOptions): Promise<string> {
  const failure = await failureOf(body, { schedules: 20, ...options })
  return (failure.cause as Error).message
}
