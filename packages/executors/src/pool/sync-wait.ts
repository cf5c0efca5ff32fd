import { performance } from 'node:perf_hooks'
import { RuntimeError } from 'hocket'
import { findRunningLoop } from 'hocket/lowlevel'
import { lateError } from '../concurrent/late-error.ts'
import type { Call } from './call.ts'
import type { WorkerHandle } from './worker-handle.ts'

/** Never longer than this without a look at the workers. */
const LOOK_MS = 100

/**
 * Blocks this thread until `call` is done, and handles meanwhile what comes from the workers.
 *
 * @throws {@link RuntimeError} where that would never end, or stop a loop
 * @throws {@link TimeoutError} after `timeout` ms
 */
export function waitSync(
  call: Call<unknown>,
  timeout: number | null,
  kind: 'thread' | 'process',
  { workers, signal }: { readonly workers: readonly WorkerHandle[]; readonly signal: Int32Array },
): void {
  if (kind === 'process') {
    throw new RuntimeError(
      'resultSync: what processes send can only be received while no code runs here: await the future, or use a ThreadPoolExecutor',
      { code: 'ERR_WOULD_BLOCK_LOOP' },
    )
  }
  if (findRunningLoop() !== null) {
    throw new RuntimeError(
      'resultSync: it would stop the event loop that runs this code, and the call may need that loop: await the future',
      { code: 'ERR_WOULD_BLOCK_LOOP' },
    )
  }
  const end = performance.now() + (timeout ?? Infinity)
  while (!call.done()) {
    const seen = Atomics.load(signal, 0)
    for (const worker of workers) worker.flush()
    let hasReceived = false
    for (const worker of workers) {
      while (worker.receiveSync()) hasReceived = true
    }
    if (hasReceived) continue
    const left = end - performance.now()
    if (left <= 0) throw lateError(timeout ?? 0)
    Atomics.wait(signal, 0, seen, Math.min(left, LOOK_MS))
  }
}
