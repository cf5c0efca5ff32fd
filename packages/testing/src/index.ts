/**
 * Tools to test programs that run on Hocket.
 *
 * @module
 */
export { type Exploration, type ExploreOptions, explore } from './explore/explore.ts'
export type { ExploredBody, ExploredRun } from './explore/play.ts'
export { ScheduleError } from './explore/schedule-error.ts'
export { LeakError } from './virtual/leak-error.ts'
export { type SequencePoint, Sequencer } from './virtual/sequencer.ts'
export { type VirtualBody, type VirtualRun, virtual } from './virtual/virtual.ts'
export { VirtualHost } from './virtual/virtual-host.ts'
export { waitAllTasksBlocked } from './virtual/wait-all-tasks-blocked.ts'
