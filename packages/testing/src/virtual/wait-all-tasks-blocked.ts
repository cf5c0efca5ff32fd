import { type Coroutine, coroutine, type EventLoop, getRunningLoop, sleep } from 'hocket'

interface Waiters {
  /** How many tasks wait here; each of them is in the ready queue. */
  count: number
  /** Counts how often all the others were seen blocked. */
  rounds: number
}

const waitersOf = new WeakMap<EventLoop, Waiters>()

/**
 * Suspends until every other task is blocked: nothing is ready, and what comes next is a timer, or
 * something of the host. Meanwhile virtual time stands still. Tells a test that what it has started
 * is where it should wait, without a `sleep` that guesses. Several tasks may wait so at once; they
 * are not waited for. A cancellation ends the wait. trio.testing.wait_all_tasks_blocked.
 *
 * @throws {@link RuntimeError} outside any loop
 *
 * @example
 * ```ts
 * await run(async () => {
 *   const log: string[] = []
 *   const task = createTask(async () => {
 *     for (const word of ['a', 'b', 'c']) {
 *       await sleep(0)
 *       log.push(word)
 *     }
 *   })
 *   await waitAllTasksBlocked()
 *   await task
 *   return log
 * }) // => ['a', 'b', 'c']
 * ```
 */
export const waitAllTasksBlocked: () => Coroutine<void> = coroutine(
  function* waitAllTasksBlocked() {
    const loop = getRunningLoop()
    let waiters = waitersOf.get(loop)
    if (waiters === undefined) {
      waiters = { count: 0, rounds: 0 }
      waitersOf.set(loop, waiters)
    }
    const { rounds } = waiters
    waiters.count += 1
    try {
      do {
        yield* sleep(0)
        if (waiters.rounds === rounds && loop.statistics().ready < waiters.count) {
          waiters.rounds += 1
        }
      } while (waiters.rounds === rounds)
    } finally {
      waiters.count -= 1
    }
  },
)
