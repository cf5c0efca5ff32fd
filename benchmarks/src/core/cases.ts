import type { Case } from '../lib/case.ts'
import { bundleSize } from './bundle.ts'
import { callDepth } from './call-depth.ts'
import { fairness } from './fairness.ts'
import { heapPerTask } from './heap-per-task.ts'
import { importTime } from './import-time.ts'
import { largeNumbers } from './large-numbers.ts'
import { plainCall } from './plain-call.ts'
import { spawnSwitchJoin } from './spawn-switch-join.ts'
import { timers } from './timers.ts'

/** The runtime's heart. */
export const cases: readonly Case[] = [
  spawnSwitchJoin,
  callDepth,
  plainCall,
  timers,
  fairness,
  heapPerTask,
  largeNumbers,
  bundleSize,
  importTime,
]
