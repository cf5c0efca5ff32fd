/** What is called with a future when it is done. */
export type Callback = (future: never) => unknown

/** One callback is the usual case, and none another one. */
export type Callbacks = Callback | Callback[] | null

export function addCallback(callbacks: Callbacks, callback: Callback): Callbacks {
  if (callbacks === null) return callback
  if (typeof callbacks === 'function') return [callbacks, callback]
  callbacks.push(callback)
  return callbacks
}

/** Without `callback`, and how often it was there. */
export function removeCallback(callbacks: Callbacks, callback: Callback): [Callbacks, number] {
  const all = typeof callbacks === 'function' ? [callbacks] : (callbacks ?? [])
  const kept = all.filter((other) => other !== callback)
  return [kept.length === 0 ? null : kept, all.length - kept.length]
}

export function callAll(callbacks: Callbacks, future: unknown): void {
  if (callbacks === null) return
  if (typeof callbacks === 'function') callSafely(callbacks, future)
  else for (const callback of callbacks) callSafely(callback, future)
}

export function callSafely(callback: Callback, future: unknown): void {
  try {
    callback(future as never)
  } catch (error) {
    // Whoever completes the future must not be disturbed, and the error not lost.
    process.nextTick(() => {
      throw error
    })
  }
}
