import { onExit } from '#platform'
import { EventLoop } from './event-loop.ts'
import { parts } from './parts.ts'
import { findRunningLoop } from './running.ts'

let defaultLoop: EventLoop | null = null

/**
 * The running loop, else the one set by `setEventLoop`, else a default loop that runs by itself
 * whenever it has something to do. asyncio.get_event_loop.
 */
export function getEventLoop(): EventLoop {
  const running = findRunningLoop()
  if (running !== null) return running
  if (defaultLoop === null || defaultLoop.isClosed()) {
    const loop = new EventLoop()
    loop._attach()
    // It is never closed, so this is where what was lost on it is reported.
    onExit(() => parts.endLoop(loop))
    defaultLoop = loop
  }
  return defaultLoop
}

/** Makes `loop` what `getEventLoop()` gives outside any loop; null goes back to the built-in one. */
export function setEventLoop(loop: EventLoop | null): void {
  if (loop !== null && !(loop instanceof EventLoop)) {
    throw new TypeError(`setEventLoop expected an EventLoop or null, got ${typeof loop}`)
  }
  defaultLoop = loop
}

/** A new loop on the platform's own host. asyncio.new_event_loop. */
export function newEventLoop(): EventLoop {
  return new EventLoop()
}
