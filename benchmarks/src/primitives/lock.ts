import type { Lock } from 'hocket'
import type { Case } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { nsPer } from '../lib/timing.ts'
import { rowsOf } from './rows.ts'

// 100 tasks want one lock a hundred times each, and do nothing under it: all there is to measure is how
// the lock goes from one to the next. It is held until all of them wait, and who releases it and wants
// it again comes last; so every time another task holds it, and that is checked.
//
// Effect's lock is a semaphore of one. effection has none.
const TASKS = 100
const TURNS = 100

/** Counts how often the lock came to another task. */
class Holders {
  #last = -1
  #changes = 0

  hold(task: number): void {
    if (task !== this.#last) this.#changes += 1
    this.#last = task
  }

  check(): void {
    check('hand-offs', this.#changes, TASKS * TURNS)
  }
}

export const lockHandOff: Case = {
  name: 'lock',
  processes: 3,
  rounds: 7,
  warmUpMs: 400,
  rows: rowsOf(
    'contended lock, 100 tasks',
    'ns per hand-off',
    ['generators', 'async functions'],
    ['asyncio', 'uvloop', 'Effect 4'],
  ),
  contenders: {
    generators: {
      prepare: async () => {
        const { coroutine, createTask, Lock, run, sleep } = await import('hocket')
        const body = coroutine(function* (lock: Lock, holders: Holders, me: number) {
          for (let i = 0; i < TURNS; i++) {
            yield* lock.acquire()
            try {
              holders.hold(me)
            } finally {
              lock.release()
            }
          }
        })
        const main = coroutine(function* (repeats: number) {
          for (let repeat = 0; repeat < repeats; repeat++) {
            const lock = new Lock()
            const holders = new Holders()
            yield* lock.acquire()
            const tasks = []
            for (let i = 0; i < TASKS; i++) tasks.push(createTask(body(lock, holders, i)))
            yield* sleep(0)
            lock.release()
            for (const task of tasks) yield* task
            holders.check()
          }
        })
        return () => nsPer(TASKS * TURNS * 4, () => run(main(4)))
      },
    },
    'async functions': {
      prepare: async () => {
        const { coroutine, createTask, Lock, run, sleep } = await import('hocket')
        const body = coroutine(async (lock: Lock, holders: Holders, me: number) => {
          for (let i = 0; i < TURNS; i++) {
            await lock.acquire()
            try {
              holders.hold(me)
            } finally {
              lock.release()
            }
          }
        })
        const main = coroutine(async () => {
          const lock = new Lock()
          const holders = new Holders()
          await lock.acquire()
          const tasks = []
          for (let i = 0; i < TASKS; i++) tasks.push(createTask(body(lock, holders, i)))
          await sleep(0)
          lock.release()
          for (const task of tasks) await task
          holders.check()
        })
        return () => nsPer(TASKS * TURNS, () => run(main()))
      },
    },
    'Effect 4': {
      prepare: async () => {
        const Effect = await import('effect/Effect')
        const Fiber = await import('effect/Fiber')
        const Semaphore = await import('effect/Semaphore')
        const main = Effect.gen(function* () {
          const lock = yield* Semaphore.make(1)
          const holders = new Holders()
          yield* lock.take(1)
          const fibers = []
          for (let me = 0; me < TASKS; me++) {
            const held = lock.withPermit(Effect.sync(() => holders.hold(me)))
            const body = Effect.gen(function* () {
              for (let i = 0; i < TURNS; i++) yield* held
            })
            fibers.push(yield* Effect.forkChild(body))
          }
          yield* Effect.yieldNow
          yield* lock.release(1)
          for (const fiber of fibers) yield* Fiber.join(fiber)
          holders.check()
        })
        return () => nsPer(TASKS * TURNS, () => Effect.runPromise(main))
      },
    },
    asyncio: { python: 'lock_hand_off', loop: 'asyncio' },
    uvloop: { python: 'lock_hand_off', loop: 'uvloop' },
  },
}
