import { format } from 'node:util'
import { VirtualHost } from '@hocket/testing'
import {
  CancelledError,
  coroutine,
  EventLoop,
  type Host,
  run,
  type Suspension,
  WebHost,
} from 'hocket'
import { resetTurns } from './spellings.ts'
import { outcomeOf, Recorder, type Trace } from './trace.ts'

type Body<T> = () => PromiseLike<T> | Generator<Suspension, T, never>

/** One side of a pair: what is played on a fresh loop, from its first iteration to its end. */
export interface Program {
  readonly play: (loop: EventLoop) => PromiseLike<unknown>
}

// How messages to the exception handler begin, and how asyncio says it; what follows is a repr.
const handlerMessages: readonly (readonly [ours: string, theirs: string])[] = [
  ['exception in the callback', 'Exception in callback'],
  ['unhandled exception during', 'unhandled exception during'],
  ['unhandled exception in clientConnected', 'Unhandled exception in client_connected_cb'],
  ['the exception of Task-', 'Task exception was never retrieved'],
  ['an error occurred while the async generator', 'an error occurred during closing'],
]

// A program that is still busy after this long in real time can only be stuck.
const HANG_MS = 20_000

/** A host with a virtual clock, on which a program can press Ctrl-C. */
class SignallingHost extends VirtualHost {
  readonly #listeners = new Set<(signal: string) => void>()

  override readonly onSignal = (listener: (signal: string) => void) => {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  signal(name: string): void {
    for (const listener of this.#listeners) listener(name)
  }
}

let recorder: Recorder | null = null
let makeBase: (() => Host) | null = null
const hosts = new WeakMap<EventLoop, SignallingHost>()

/** A program that is a main coroutine, run as `run` does it. Python: `async def main()`. */
export function program(body: Body<unknown>): Program {
  return {
    play: (loop) =>
      run(coroutine(body as () => PromiseLike<unknown>)(), { loopFactory: () => loop }),
  }
}

/** A program that drives its loop from outside: no coroutine, whatever the spelling. Python: `def main(loop)`. */
export function onLoop(body: (loop: EventLoop) => Promise<unknown>): Program {
  return {
    play: async (loop) => {
      try {
        return await body(loop)
      } finally {
        if (!loop.isRunning()) loop.close()
      }
    },
  }
}

/** The hosts that loops can stand on here, below the virtual clock. */
export const hostNames = ['node', 'web'] as const
export type HostName = (typeof hostNames)[number]

/** From now on loops stand on this host. */
export function useHost(name: HostName): void {
  makeBase = name === 'web' ? () => new WebHost() : null
}

/** A loop whose clock begins at 0 and moves only when nothing is ready. */
export function virtualLoop(): EventLoop {
  const host = new SignallingHost(makeBase === null ? {} : { base: makeBase() })
  const loop = new EventLoop({ host })
  hosts.set(loop, host)
  return loop
}

/**
 * Plays a program and gives its trace. Programs are played one at a time. What they print meanwhile,
 * such as the default report of an error, goes to `printed`.
 */
export async function play(program: Program, printed: string[] = []): Promise<Trace> {
  // Set before the loop is made: a virtual clock stands still for what has been opened since then.
  let timer: ReturnType<typeof setTimeout> | undefined
  const hang = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`still busy after ${HANG_MS} ms`)), HANG_MS)
  })
  const loop = virtualLoop()
  loop.setExceptionHandler(() => {})
  const mine = new Recorder(loop)
  recorder = mine
  resetTurns()
  const print = console.error
  console.error = (...args: unknown[]) => void printed.push(format(...args))
  try {
    const outcome = await outcomeOf(() => Promise.race([program.play(loop), hang]))
    return { lines: mine.lines, outcome }
  } finally {
    clearTimeout(timer)
    console.error = print
    recorder = null
  }
}

/** Adds a line to the trace. Of an error the type is shown; ask for its `message` or `reason`. */
export function log(...values: unknown[]): void {
  recorder?.log(values)
}

/** How many iterations the loop has begun. */
export function ticks(): number {
  return recorder?.loop().statistics().iterations ?? 0
}

/** The step that calls this takes so long: time goes on, and nothing else does. */
export function spend(delay: number): void {
  const host = recorder === null ? undefined : hosts.get(recorder.loop())
  host?.advance(host.now() + delay)
}

/** Ctrl-C, in the middle of the step that calls this. */
export function interrupt(): void {
  if (recorder !== null) hosts.get(recorder.loop())?.signal('SIGINT')
}

/** Python's `b'…'`: the UTF-8 of `text`. */
export function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** What `cancel(reason)` was given. */
export function reason(error: unknown): unknown {
  return error instanceof CancelledError ? error.reason : undefined
}

/** From now on what reaches the loop's exception handler is logged. */
export function logErrors(): void {
  recorder?.loop().setExceptionHandler((_loop, context) => {
    const known = handlerMessages.find(([ours]) => context.message.startsWith(ours))
    log('handler:', known?.[1] ?? context.message, context.exception)
  })
}
