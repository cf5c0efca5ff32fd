import { Future, Task } from 'hocket'
import type { Runnable } from 'hocket/lowlevel'
import type { ExploredLoop } from './explored-loop.ts'
import { ownerOf } from './priority.ts'
import { type Choice, cancelledBy, JUMP } from './schedule.ts'
import type { Point } from './strategy.ts'

/** A line of the trace: what `choice` does at `point`. */
export function describeStep(choice: Choice, point: Point, loop: ExploredLoop): string {
  if (choice === JUMP) return `* the clock jumps to ${loop._timers.next()} ms`
  if (choice < 0) {
    const task = loop.tasks[cancelledBy(choice)]
    return `* ${task === undefined ? 'nobody' : describeTask(task, loop)} is cancelled`
  }
  const what = describeRunnable(point.at(choice), loop)
  return choice === 0
    ? `  ${what}`
    : `* ${what}, before ${choice === 1 ? 'one' : `${choice} others`} that came first`
}

function describeRunnable(runnable: Runnable, loop: ExploredLoop): string {
  const owner = ownerOf(runnable)
  if (owner instanceof Task) return describeTask(owner, loop)
  if (owner instanceof Future) return owner._describeSubject()
  const text = String(runnable)
  return text.startsWith('[object') ? 'a callback' : text
}

/** A task with the coroutines that it is in. */
function describeTask(task: Task<unknown>, loop: ExploredLoop): string {
  const names = task.getStack().map((frame) => frame.name || '<anonymous>')
  return names.length > 0
    ? `${loop.nameOf(task)} (${names.join(' > ')})`
    : `${loop.nameOf(task)}, which is done`
}
