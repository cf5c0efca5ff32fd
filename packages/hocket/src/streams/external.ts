import type { Future } from '../future/future.ts'
import type { Suspension } from '../future/suspension.ts'
import type { Transport } from './transport.ts'

/**
 * Waits for `future`, which the transport will settle. If that gets its news from outside, a virtual
 * clock stands still meanwhile, as for every foreign promise.
 */
export function* external(
  future: Future<void>,
  transport: Transport | null,
): Generator<Suspension, void, unknown> {
  if (transport?.isExternal !== true) {
    yield* future
    return
  }
  const loop = future.getLoop()
  loop._foreign += 1
  try {
    yield* future
  } finally {
    loop._endForeign()
  }
}
