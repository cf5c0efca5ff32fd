import { type ExceptionContext, HocketError, type Task } from 'hocket'

/**
 * A program has left something behind: tasks that were still pending at its end, or something that
 * was reported to the loop's exception handler, such as an exception that nobody looked at or a
 * coroutine that nobody awaited. `cause` is that exception.
 */
export class LeakError extends HocketError {
  override readonly name: string = 'LeakError'

  constructor(message: string, options: { cause?: unknown } = {}) {
    super(message, { ...options, code: 'ERR_LEAK' })
  }
}

/** The error for tasks that are left; null without any. */
export function leakOfTasks(
  tasks: readonly Task<unknown>[],
  nameOf: (task: Task<unknown>) => string,
): LeakError | null {
  if (tasks.length === 0) return null
  const lines = tasks.map((task) => {
    const stack = task.getStack().map((frame) => frame.name || '<anonymous>')
    const waits = task._listWaits().map((wait) => wait._describeSubject())
    return `\n  ${nameOf(task)} (${stack.join(' > ')}) waits for ${waits.join(', ') || 'its turn, or a foreign promise'}`
  })
  const count = tasks.length === 1 ? 'a task is' : `${tasks.length} tasks are`
  return new LeakError(`${count} left at the end: await or cancel what you start${lines.join('')}`)
}

/** The error for what was reported to the exception handler; null without any. */
export function leakOfReports(reports: readonly ExceptionContext[]): LeakError | null {
  const [report] = reports
  if (report === undefined) return null
  const more = reports.length > 1 ? ` (and ${reports.length - 1} more reports)` : ''
  if (!('exception' in report)) return new LeakError(`${report.message}${more}`)
  const { exception } = report
  return new LeakError(`${report.message} (${String(exception)})${more}`, { cause: exception })
}
