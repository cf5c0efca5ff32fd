import {
  type Executor,
  moduleFunctions,
  ProcessPoolExecutor,
  ThreadPoolExecutor,
} from '@hocket/executors'
import { type Coroutine, coroutine, createTask, getRunningLoop, sleep } from 'hocket'
import type * as Work from './work.ts'

const { func1 } = moduleFunctions<typeof Work>(new URL('./work.ts', import.meta.url))

const TICK_MS = 10

export interface NotesOptions {
  /** How long `func1` blocks its thread. */
  readonly ms: number
  readonly print: (line: string) => void
}

/** A function that can only block, called in three ways from a loop that goes on meanwhile. */
export const threeUses: (options: NotesOptions) => Coroutine<void> = coroutine(
  async ({ ms, print }: NotesOptions) => {
    const loop = getRunningLoop()
    let ticked = 0
    const ticks = createTask(everyTick(() => (ticked += 1)))

    // 1. The loop's own threads, which run() shuts down at its end.
    const future = loop.runInExecutor(null, func1, ms)
    print(`default executor  ${await future}`)

    // 2. A pool of threads.
    {
      await using pool = new ThreadPoolExecutor()
      print(`thread pool       ${await loop.runInExecutor(pool, func1, ms)}`)
    }

    // 3. A pool of processes.
    {
      await using pool = new ProcessPoolExecutor()
      print(`process pool      ${await loop.runInExecutor(pool, func1, ms)}`)
    }

    ticks.cancel()
    print(`Meanwhile the loop did other things ${ticked} times.`)
  },
)

const everyTick = coroutine(function* (fn: () => void) {
  for (;;) {
    yield* sleep(TICK_MS)
    fn()
  }
})

/** Ten calls for the threads of a pool: futures that belong to no loop, but can be awaited in one. */
export const tenCalls: (pool: Executor, options: NotesOptions) => Coroutine<void> = coroutine(
  async (pool: Executor, { ms, print }: NotesOptions) => {
    const futures = Array.from({ length: 10 }, () => pool.submit(func1, ms))
    let called = 0
    for (const future of futures) future.addDoneCallback(() => (called += 1))
    print(`submitted         ${countStates(futures)}`)
    await futures[0]
    print(`one awaited       ${countStates(futures)}`)
    for (const future of futures) await future
    print(`all awaited       ${countStates(futures)}, ${called} callbacks called`)
  },
)

function countStates(futures: readonly { done(): boolean }[]): string {
  const done = futures.filter((future) => future.done()).length
  return `${done} of ${futures.length} done`
}
