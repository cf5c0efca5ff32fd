import type { Case } from '../lib/case.ts'
import { cancelSleeper } from './cancel-sleeper.ts'
import { gatherMany } from './gather.ts'
import { limitedMap } from './limited-map.ts'
import { lockHandOff } from './lock.ts'
import { queueOfOne, queueUnbounded } from './queue.ts'
import { taskGroupOfMany } from './task-group.ts'
import { timeoutInTime } from './timeout.ts'

/** What tasks share and how they are put together: queues, locks, groups, timeouts. */
export const cases: readonly Case[] = [
  queueOfOne,
  queueUnbounded,
  lockHandOff,
  limitedMap,
  gatherMany,
  taskGroupOfMany,
  cancelSleeper,
  timeoutInTime,
]
