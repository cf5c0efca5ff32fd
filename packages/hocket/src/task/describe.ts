import type { EventLoop } from '../loop/event-loop.ts'
import { Task } from './task.ts'

// A message is to be read: thousands of tasks that wait alike say nothing more.
const MOST_LINES = 100

/** The text of a DeadlockError: each task, what it waits for, and below it who that is. */
export function describeDeadlock(loop: EventLoop): string {
  const tasks = [...loop._tasks]
  const awaited = new Set(tasks.flatMap((task) => task._listWaits().filter(isTask)))
  const roots = tasks.filter((task) => !awaited.has(task))
  // Tasks that wait for each other in a ring have no root.
  const lines = listTree([...roots, ...tasks])
  const count = tasks.length === 1 ? '1 task waits' : `${tasks.length} tasks wait`
  return [
    `${count} for what can never come: no handle is ready, no timer is set, nothing is open on the host`,
    ...lines,
    ...(lines.length < tasks.length ? [`… and ${tasks.length - lines.length} more`] : []),
    'Somebody has to set the future, release the lock or put the item that is waited for.',
  ].join('\n')
}

function listTree(tasks: Task<unknown>[]): string[] {
  const seen = new Set<Task<unknown>>()
  const lines: string[] = []
  const left = tasks.map((task) => ({ task, depth: 0 })).reverse()
  for (let next = left.pop(); next !== undefined && lines.length < MOST_LINES; next = left.pop()) {
    const { task, depth } = next
    if (seen.has(task)) continue
    seen.add(task)
    lines.push(`${'  '.repeat(depth)}${describe(task)}`)
    const below = task._listWaits().filter(isTask)
    for (const wait of below.reverse()) left.push({ task: wait, depth: depth + 1 })
  }
  return lines
}

function describe(task: Task<unknown>): string {
  const stack = task.getStack().map((frame) => frame.name)
  const waits = task._listWaits().map((wait) => wait._describeSubject())
  const what = waits.join(', ') || 'a foreign promise'
  return `${task.getName()} (${stack.join(' > ')}) waits for ${what}`
}

function isTask(value: unknown): value is Task<unknown> {
  return value instanceof Task
}
