import type { Future } from '../future/future.ts'
import type { Runnable } from '../loop/handle.ts'

/**
 * Takes `waiter` out of what `future` will wake. A future that lives long must not collect the
 * waiters of everybody who has asked for it and gone.
 */
export function removeWaiter(future: Future<unknown>, waiter: Runnable): void {
  // Private members by their names: a future has no other reason to let a waiter go.
  const waiters = future['_waiters']
  if (waiters === waiter) future['_waiters'] = null
  else if (Array.isArray(waiters)) {
    const place = waiters.indexOf(waiter)
    if (place >= 0) waiters.splice(place, 1)
  }
}
