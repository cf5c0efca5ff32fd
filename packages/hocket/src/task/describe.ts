import type { EventLoop } from '../loop/event-loop.ts'
import { Task } from './task.ts'

/** The text of a DeadlockError: each task, what it waits for, and below it who that is. */
export function describeDeadlock(loop: EventLoop): string {
  const tasks = [...loop._tasks]
  const awaited = new Set(tasks.flatMap((task) => task._listWaits().filter(isTask)))
  const roots = tasks.filter((task) => !awaited.has(task))
  const seen = new Set<Task<unknown>>()
  const lines: string[] = []
  // Tasks that wait for each other in a ring have no root.
  for (const task of [...roots, ...tasks]) describe(task, '', seen, lines)
  const count = tasks.length === 1 ? '1 task waits' : `${tasks.length} tasks wait`
  return [
    `${count} for what can never come: no handle is ready, no timer is set, nothing is open on the host`,
    ...lines,
    'Somebody has to set the future, release the lock or put the item that is waited for.',
  ].join('\n')
}

function describe(
  task: Task<unknown>,
  indent: string,
  seen: Set<Task<unknown>>,
  lines: string[],
): void {
  if (seen.has(task)) return
  seen.add(task)
  const waits = task._listWaits()
  const stack = task.getStack().map((frame) => frame.name)
  const what = waits.map((wait) => wait._describeSubject())
  lines.push(
    `${indent}${task.getName()} (${stack.join(' > ')}) waits for ${what.join(', ') || 'a foreign promise'}`,
  )
  for (const wait of waits) if (isTask(wait)) describe(wait, `${indent}  `, seen, lines)
}

function isTask(value: unknown): value is Task<unknown> {
  return value instanceof Task
}
