import { combine } from './combine.ts'
import { group } from './group.ts'
import type { MakeProgram } from './program.ts'
import { queues } from './queues.ts'
import { sync } from './sync.ts'

/** By the names of the primitives. */
export const programs: Readonly<Record<string, MakeProgram>> = {
  ...sync,
  ...queues,
  ...combine,
  ...group,
}
