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

// Made in this iteration and not awaited yet. Nearly all leave from the end, at once, which is what
// makes the report affordable; only what is left when the iteration ends is registered.
const fresh: Coroutine<unknown>[] = []
const suspects = new Set<Suspect>()
const suspectOf = new WeakMap<Coroutine<unknown>, Suspect>()
const collected = new FinalizationRegistry<Suspect>(report)
let isSweepPlanned = false
let isExitWatched = false

export function remember(coroutine: Coroutine<unknown>): void {
  fresh.push(coroutine)
  if (fresh.length > 1 || isSweepPlanned || findRunningLoop() !== null) return
  isSweepPlanned = true
  void Promise.resolve().then(() => {
    isSweepPlanned = false
    sweep(null)
  })
}

export function forget(coroutine: Coroutine<unknown>): void {
  if (fresh[fresh.length - 1] === coroutine) fresh.length -= 1
  if (suspects.size === 0) return
  const suspect = suspectOf.get(coroutine)
  if (suspect === undefined) return
  suspects.delete(suspect)
  collected.unregister(suspect)
}

/** An iteration of `loop` is over (null: a stretch of code outside any loop). */
export function sweep(loop: EventLoop | null): void {
  if (fresh.length === 0) return
  for (const coroutine of fresh.splice(0)) {
    if (coroutine._hasBegun()) continue
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
