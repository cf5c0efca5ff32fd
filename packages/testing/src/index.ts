/**
 * Tools to test programs that run on Hocket.
 *
 * @module
 */
export { type Exploration, type ExploreOptions, explore } from './explore/explore.ts'
export type { ExploredBody, ExploredLoopView, ExploredRun } from './explore/play.ts'
export { ScheduleError } from './explore/schedule-error.ts'
export { VirtualHost } from './virtual-host.ts'
