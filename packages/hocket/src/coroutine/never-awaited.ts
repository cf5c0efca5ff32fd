import { onExit } from '#platform'
import type { EventLoop } from '../loop/event-loop.ts'
import { reportToConsole } from '../loop/exception-handler.ts'
import { findRunningLoop } from '../loop/running.ts'
import type { Coroutine } from './coroutine.ts'

/** A coroutine that was not awaited in the iteration that made it: forgotten, or just kept. */
interface Suspect {
  readonly name: string
  readonly loop: EventLoop | null
}

interface Holder {
  newest: Coroutine<unknown> | typeof kUnwatched | null
  /** Whose step makes what comes. */
  readonly loop: EventLoop | null
}

/** In the place of the newest: nobody will call `sweep`, neither a running loop nor a microtask. */
const kUnwatched: unique symbol = Symbol('unwatched')

// The coroutine made last, and those made before it that had not been awaited when the next one came.
// Nearly every coroutine is awaited before another is made, which is what makes the report
// affordable; only what is left when the iteration ends is registered with the garbage collector.
// The holder is a new object in each iteration, because storing a young object in an old one costs
// the collector's write barrier, twice for each coroutine.
let holder: Holder = { newest: kUnwatched, loop: null }
let older: Coroutine<unknown>[] = []
const suspects = new Set<Suspect>()
const suspectOf = new WeakMap<Coroutine<unknown>, Suspect>()
const collected = new FinalizationRegistry<Suspect>(report)
let isExitWatched = false

export function remember(coroutine: Coroutine<unknown>): void {
  const { newest } = holder
  holder.newest = coroutine
  if (newest === null) return
  if (newest === kUnwatched) watch()
  else older.push(newest)
}

export function forget(coroutine: Coroutine<unknown>): void {
  if (holder.newest === coroutine) holder.newest = null
  else if (suspects.size > 0) absolve(coroutine)
}

function absolve(coroutine: Coroutine<unknown>): void {
  const suspect = suspectOf.get(coroutine)
  if (suspect === undefined) return
  suspects.delete(suspect)
  collected.unregister(suspect)
}

/** Outside any loop no iteration ends. */
function watch(): void {
  if (findRunningLoop() === null) void Promise.resolve().then(() => sweep(null))
}

/** What is made from here on is made by steps of `loop`, what was made before it was not. */
export function expectFrom(loop: EventLoop): void {
  if (holder.loop !== loop) sweep(loop)
}

/** An iteration of `loop` is over (null: a stretch of code outside any loop). */
export function sweep(next: EventLoop | null): void {
  const { newest, loop } = holder
  holder = { newest: next === null ? kUnwatched : null, loop: next }
  if (newest !== null && newest !== kUnwatched) older.push(newest)
  if (older.length === 0) return
  const left = older
  older = []
  for (const coroutine of left) {
    if (coroutine._hasBegun) continue
    const suspect = { name: coroutine.name, loop }
    suspects.add(suspect)
    suspectOf.set(coroutine, suspect)
    collected.register(coroutine, suspect, suspect)
  }
  if (isExitWatched || suspects.size === 0) return
  isExitWatched = true
  onExit(() => {
    sweep(null)
    suspects.forEach(report)
  })
}

/** `loop` closes: what it made and nobody awaited will never be awaited. */
export function reportNeverAwaited(loop: EventLoop): void {
  sweep(loop)
  holder.newest = kUnwatched
  for (const suspect of suspects) if (suspect.loop === loop) report(suspect)
}

function report(suspect: Suspect): void {
  if (!suspects.delete(suspect)) return
  const context = {
    message: `the coroutine ${suspect.name} was never awaited, so nothing of it has run: await it, yield* it, or give it to createTask()`,
  }
  if (suspect.loop === null) reportToConsole(context)
  else suspect.loop.callExceptionHandler(context)
}
