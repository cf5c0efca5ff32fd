import { VirtualHost } from '@hocket/testing'
import { EventLoop, type ExceptionContext, run, type TaskSource } from 'hocket'

/** A loop whose clock begins at `start` (0) and jumps to the next deadline when nothing is ready. */
export function virtualLoop(options: { debug?: boolean; start?: number } = {}): EventLoop {
  const { debug = false, start = 0 } = options
  return new EventLoop({ host: new VirtualHost({ start }), debug })
}

/** `run` on virtual time. */
export function runVirtual<T>(main: TaskSource<T>, loop: EventLoop = virtualLoop()): Promise<T> {
  return run(main, { loopFactory: () => loop })
}

/** What `loop` reports from now on, in place of the console. */
export function collectReports(loop: EventLoop): ExceptionContext[] {
  const reports: ExceptionContext[] = []
  loop.setExceptionHandler((_loop, context) => reports.push(context))
  return reports
}
