import { EventLoop, type Host, type Task, type TaskOptions, type TaskSource } from 'hocket'

/** The loop of one schedule. It knows its tasks by their order. */
export class ExploredLoop extends EventLoop {
  /** All tasks that were ever made, done ones too. */
  readonly tasks: Task<unknown>[] = []

  constructor(host: Host) {
    super({ host })
  }

  override createTask<T>(source: TaskSource<T>, options?: TaskOptions): Task<T> {
    const task = super.createTask(source, options)
    this.tasks.push(task as Task<unknown>)
    return task
  }

  /** What a report calls a task: its own name, or its number. */
  nameOf(task: Task<unknown>): string {
    const name = task.getName()
    // The numbers in the names that the runtime gives count the tasks of the whole process.
    return /^Task-\d+$/.test(name) ? `task ${this.tasks.indexOf(task)}` : name
  }
}
