import {
  type Coroutine,
  DeadlockError,
  type EventLoop,
  type ExceptionContext,
  type Host,
  RuntimeError,
  type Suspension,
  type Task,
} from 'hocket'
import { leakOfReports, leakOfTasks } from '../virtual/leak-error.ts'
import { ExploredLoop } from './explored-loop.ts'
import { type Cancellable, Player } from './player.ts'
import type { Choice } from './schedule.ts'
import type { Strategy } from './strategy.ts'

/** What the body of `explore` is given. */
export interface ExploredRun {
  /** The loop of this schedule, on virtual time from 0. */
  readonly loop: EventLoop
  /** `check` is called before each step of the loop; what it throws is the failure. */
  always(check: () => void): void
  /** `check` is called when nothing goes on any more, also if the body was cancelled. */
  atEnd(check: () => void): void
}

/** A program to be explored, in either spelling; made anew for each schedule. */
export type ExploredBody = (
  run: ExploredRun,
) => Coroutine<unknown> | Generator<Suspension, unknown, never> | PromiseLike<unknown>

export interface PlayOptions {
  readonly body: ExploredBody
  readonly cancellable: Cancellable
  readonly maxSteps: number
  readonly isTraced: boolean
  /** A new one for each schedule: a clock that begins at 0. */
  readonly host: Host
}

/** What has become of one schedule. */
export interface Outcome {
  readonly choices: readonly Choice[]
  readonly trace: readonly string[]
  /** Why it failed; null where all is well. */
  readonly failure: { readonly error: unknown } | null
}

/** One schedule of a body that consists of generators, at once; null where the body needs the host. */
export function playSync(strategy: Strategy, options: PlayOptions): Outcome | null {
  const limit = Error.stackTraceLimit
  // A stack takes longer than a short schedule, and what fails is played again to be seen.
  if (!options.isTraced) Error.stackTraceLimit = 0
  try {
    return playAtOnce(new Session(strategy, options))
  } finally {
    Error.stackTraceLimit = limit
  }
}

function playAtOnce(session: Session): Outcome | null {
  const { loop, main } = session
  try {
    loop._runSync(() => main.done() && loop._ready.length === 0)
  } catch (error) {
    if (error instanceof RuntimeError && error.message.startsWith("runSync() can't")) {
      session.abandon()
      return null
    }
    return session.end({ error })
  }
  return session.end(null)
}

/** One schedule of any body. */
export async function play(strategy: Strategy, options: PlayOptions): Promise<Outcome> {
  const session = new Session(strategy, options)
  const { loop, main } = session
  main.addDoneCallback(() => loop.stop())
  try {
    await loop.runForever()
    await settle(loop)
  } catch (error) {
    return session.end({ error })
  }
  return session.end(null)
}

/** Runs what is ready, and what foreign promises that have settled already make ready. */
async function settle(loop: ExploredLoop): Promise<void> {
  for (;;) {
    if (loop._ready.length === 0 && loop._tasks.first !== null) {
      await new Promise<void>((resolve) => {
        loop.host.requestTurn(resolve)
      })
    }
    if (loop._ready.length === 0) return
    loop.stop()
    await loop.runForever()
  }
}

/** One run of the body, and what it leaves behind. */
class Session {
  readonly loop: ExploredLoop
  readonly main: Task<unknown>
  readonly #strategy: Strategy
  readonly #player: Player
  readonly #reports: ExceptionContext[] = []
  readonly #ends: (() => void)[] = []

  constructor(strategy: Strategy, options: PlayOptions) {
    const loop = new ExploredLoop(options.host)
    this.loop = loop
    this.#strategy = strategy
    this.#player = new Player(loop, strategy, options)
    loop.setExceptionHandler((_loop, context) => this.#reports.push(context))
    const run: ExploredRun = {
      loop,
      always: (check) => this.#player.checks.push(check),
      atEnd: (check) => this.#ends.push(check),
    }
    const start = () => options.body(run)
    // The name is for traces and reports; giving one takes a while.
    if (options.isTraced)
      Object.defineProperty(start, 'name', { value: options.body.name || 'body' })
    this.main = loop.createTask(start, { name: 'main' })
  }

  abandon(): void {
    this.loop.close()
  }

  /** `failure` is what the loop has ended with. */
  end(failure: { error: unknown } | null): Outcome {
    this.#strategy.end(this.#player.step)
    const found = failure ?? this.#mainFailure() ?? this.#atEnd() ?? this.#leak()
    // Now what was lost is reported: exceptions, and coroutines that nobody awaited.
    this.loop.close()
    const { choices, trace } = this.#player
    return { choices, trace: trace ?? [], failure: found ?? this.#report() }
  }

  #mainFailure(): { error: unknown } | null {
    const { main } = this
    if (!main.done())
      return { error: new DeadlockError('the loop was stopped before the body had ended') }
    if (main.cancelled()) {
      // Where a cancellation was thrown in, the body may end by it.
      if (this.#player.hasCancelled) return null
      return { error: new Error('the body was cancelled, and not by explore()') }
    }
    const error = main.exception()
    return error === null ? null : { error }
  }

  #atEnd(): { error: unknown } | null {
    try {
      for (const check of this.#player.checks) check()
      for (const check of this.#ends) check()
      return null
    } catch (error) {
      return { error }
    }
  }

  #leak(): { error: unknown } | null {
    const error = leakOfTasks([...this.loop._tasks], (task) => this.loop.nameOf(task))
    return error === null ? null : { error }
  }

  #report(): { error: unknown } | null {
    const error = leakOfReports(this.#reports)
    return error === null ? null : { error }
  }
}
