import type { Linked } from '../base/linked-list.ts'
import type { EventLoop } from '../loop/event-loop.ts'
import type { Runnable } from '../loop/handle.ts'
import { setStrand } from '../loop/running.ts'
import type { Task } from '../task/task.ts'
import type { TaskGroup } from './task-group.ts'

/**
 * A child that has not ended, and how its end is learned of, in the order of the ends. A member of a
 * list: a Set of thousands costs several times as much.
 */
export class Child implements Runnable, Linked<Child> {
  declare previous: Child | null
  declare next: Child | null
  declare readonly task: Task<unknown>
  declare private readonly _group: TaskGroup

  constructor(group: TaskGroup, task: Task<unknown>) {
    this.previous = null
    this.next = null
    this.task = task
    this._group = group
  }

  get _loop(): EventLoop {
    return this.task._loop
  }

  _run(): void {
    setStrand(null)
    this._group._childEnded(this)
  }

  toString(): string {
    return `<end of ${this.task.getName()} in its group>`
  }
}
