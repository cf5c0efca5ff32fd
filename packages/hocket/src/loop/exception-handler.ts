import type { EventLoop } from './event-loop.ts'
import type { Handle } from './handle.ts'

/** What went wrong and where; at least `message`. asyncio's exception handler context. */
export interface ExceptionContext {
  message: string
  exception?: unknown
  future?: { toString(): string }
  task?: { toString(): string }
  handle?: Handle
  coroutine?: unknown
}

export type ExceptionHandler = (loop: EventLoop, context: ExceptionContext) => void

/** Prints to the console. asyncio's default_exception_handler logs in the same way. */
export function reportToConsole(context: ExceptionContext): void {
  const about = context.task ?? context.future ?? context.handle
  const lines = [`hocket: ${context.message}`]
  if (about !== undefined) lines.push(`  in ${about}`)
  if ('exception' in context) console.error(lines.join('\n'), context.exception)
  else console.error(lines.join('\n'))
}

/** Tells `handler`; when it fails itself, that is reported too, and nothing is thrown. */
export function callHandler(
  loop: EventLoop,
  handler: ExceptionHandler | null,
  context: ExceptionContext,
): void {
  if (handler === null) {
    reportToConsole(context)
    return
  }
  try {
    handler(loop, context)
  } catch (exception) {
    reportToConsole(context)
    reportToConsole({ message: 'the exception handler itself failed', exception })
  }
}
