import { expectFrom, reportNeverAwaited, sweep } from '../coroutine/never-awaited.ts'
import { shutdownAsyncgens } from '../coroutine/shutdown-asyncgens.ts'
import { shutdownDefaultExecutor } from '../coroutine/shutdown-executor.ts'
import { ExecutorFuture } from '../future/executor-future.ts'
import { reportFailures } from '../future/failure.ts'
import { Future } from '../future/future.ts'
import { installParts } from '../loop/parts.ts'
import { describeDeadlock } from './describe.ts'
import { ensureFuture } from './ensure-future.ts'
import { Task } from './task.ts'

// The loop's room lies below the rooms of futures and tasks; here they reach it.
installParts({
  makeFuture: (loop) => new Future({ loop }),
  makeTask: (loop, source, options) => new Task(source, options, loop),
  ensureFuture: (awaitable, loop) => ensureFuture(awaitable, { loop }),
  shutdownAsyncgens,
  shutdownDefaultExecutor,
  followCall: (loop, call) => new ExecutorFuture({ loop }).follow(call) as never,
  describeDeadlock,
  beginTurn: expectFrom,
  endIteration: sweep,
  endLoop(loop) {
    reportNeverAwaited(loop)
    reportFailures(loop)
  },
})
