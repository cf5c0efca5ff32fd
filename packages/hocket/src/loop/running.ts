import { platformStrands } from '#platform'
import { type ContextHolder, setHolderSource } from '../context/context-var.ts'
import { RuntimeError } from '../errors/errors.ts'
import type { EventLoop } from './event-loop.ts'

/** The task that code belongs to, or a strand of it, as the rooms below `task` see it. */
export interface Strand extends ContextHolder {
  readonly _loop: EventLoop
  /** The whole task. */
  readonly _task: Strand
  /** What still runs of it then is nobody's. */
  done(): boolean
  /** Its native code awaits something that is not Hocket's. */
  _enterForeign(): void
  toString(): string
}

// While a handle runs, `loop` is its loop and `strand` its task (null in a plain callback). Each
// handle sets `strand` for itself and leaves it behind. In native async code `loop` is null, and the
// storage knows the task.
let loop: EventLoop | null = null
let strand: Strand | null = null
// Where no storage exists: whose native step is under way.
let untracked: Strand | null = null

setHolderSource(currentStrand)

/** The task whose code is running, if any. */
export function currentStrand(): Strand | null {
  return loop === null ? nativeStrand() : strand
}

/**
 * The task whose native code has come to an `await`. An await calls `then` from a microtask; a call
 * from inside a handle is a plain `.then(callback)`, which belongs to nobody.
 */
export function awaitingStrand(): Strand | null {
  if (loop !== null) return null
  const found = nativeStrand()
  return found === null || found.done() ? null : found
}

function nativeStrand(): Strand | null {
  return platformStrands?.getStore() ?? untracked
}

/** For hosts without a storage: native code from now on belongs to `owner`. */
export function setUntracked(owner: Strand | null): void {
  untracked = owner
}

/** The same for `task`, unless it is known to be a strand of it. */
export function setUntrackedTask(task: Strand | null): void {
  if (untracked?._task !== task) untracked = task
}

/** What ran before a loop began to run its handles, for `leaveLoop`. */
export interface Outer {
  readonly loop: EventLoop | null
  readonly strand: Strand | null
}

/** Handles of `running` run from here on, up to `leaveLoop`. */
export function enterLoop(running: EventLoop): Outer {
  const outer = { loop, strand }
  loop = running
  return outer
}

export function leaveLoop(outer: Outer): void {
  loop = outer.loop
  strand = outer.strand
}

/** What runs from here on belongs to `running`. */
export function setStrand(running: Strand | null): void {
  strand = running
}

/** The loop whose handle or task runs here, or null. */
export function findRunningLoop(): EventLoop | null {
  return loop ?? nativeStrand()?._loop ?? null
}

/**
 * The loop that runs this code. asyncio.get_running_loop.
 *
 * @throws {@link RuntimeError} if the code is not run by a loop
 */
export function getRunningLoop(): EventLoop {
  const found = findRunningLoop()
  if (found !== null) return found
  throw new RuntimeError(
    'no running event loop: call this inside run(), or from a task or callback of a loop',
    {
      code: 'ERR_NO_RUNNING_LOOP',
    },
  )
}
