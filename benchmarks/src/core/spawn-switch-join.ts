import { AsyncLocalStorage } from 'node:async_hooks'
import type { Case, Row } from '../lib/case.ts'
import { nsPer } from '../lib/timing.ts'

// The heart of the matter: 1,000 tasks are spawned, each gives way ten times, and all are joined in
// the order of their spawning. A figure is the whole of that for each time a task gives way.
//
// Every contender runs the same program, with what its users would write for "give way": `sleep(0)`
// in Hocket and asyncio, `await null` in native code, `Effect.yieldNow`. effection has nothing of
// the kind and its `sleep(0)` is a timer, so there it is an action that ends in a microtask, the
// cheapest that it allows. All of them take turns: each task gives way once before any does twice.
//
// The program is repeated until a sample takes 10 ms or more, so that starting a runtime does not count.
//
// Everybody has a process of their own. On Node 20 and 22 native code becomes three times slower for
// good once an AsyncLocalStorage was entered, and importing Hocket enters one: the native contender
// must never have seen it. A native program that uses one (every program with tracing or a logger
// that knows the request) is a contender of its own.
const TASKS = 1000
const SWITCHES = 10

const nsPerSwitch = (repeats: number, program: () => unknown) =>
  nsPer(TASKS * SWITCHES * repeats, program)

const title = (spelling: string) => `spawn, ten sleep(0), join; 1,000 tasks, ${spelling}`
const against = (hocket: string, peer: string, bar: number): Row => ({
  case: title(hocket),
  unit: 'ns per sleep(0)',
  hocket,
  peer,
  bar,
})

// From Node 24 on an AsyncLocalStorage costs native code nothing.
const isStorageFree = Number(process.versions.node.split('.')[0]) >= 24

export const spawnSwitchJoin: Case = {
  name: 'spawn-switch-join',
  processes: 3,
  rounds: 15,
  warmUpMs: 400,
  rows: [
    against('generators', 'native async functions', 1),
    against('generators', 'Effect 4', 15),
    against('generators', 'asyncio', 15),
    against('generators', 'effection 4', 50),
    against(
      'async functions',
      isStorageFree ? 'native async functions' : 'native async functions in AsyncLocalStorage',
      0.25,
    ),
    against('async functions', 'uvloop', 1),
  ],
  contenders: {
    generators: {
      prepare: async () => {
        const { coroutine, createTask, run, sleep } = await import('hocket')
        const body = coroutine(function* () {
          for (let i = 0; i < SWITCHES; i++) yield* sleep(0)
        })
        const main = coroutine(function* (repeats: number) {
          for (let repeat = 0; repeat < repeats; repeat++) {
            const tasks = []
            for (let i = 0; i < TASKS; i++) tasks.push(createTask(body()))
            for (const task of tasks) yield* task
          }
        })
        return () => nsPerSwitch(10, () => run(main(10)))
      },
    },
    'async functions': {
      prepare: async () => {
        const { coroutine, createTask, run, sleep } = await import('hocket')
        const body = coroutine(async () => {
          for (let i = 0; i < SWITCHES; i++) await sleep(0)
        })
        const main = coroutine(async (repeats: number) => {
          for (let repeat = 0; repeat < repeats; repeat++) {
            const tasks = []
            for (let i = 0; i < TASKS; i++) tasks.push(createTask(body()))
            for (const task of tasks) await task
          }
        })
        return () => nsPerSwitch(3, () => run(main(3)))
      },
    },
    'native async functions': {
      prepare: async () => () => nsPerSwitch(10, () => native(10)),
    },
    'native async functions in AsyncLocalStorage': {
      prepare: async () => {
        const storage = new AsyncLocalStorage<string>()
        return () => nsPerSwitch(4, () => storage.run('request', native, 4))
      },
    },
    'Effect 4': {
      prepare: async () => {
        const Effect = await import('effect/Effect')
        const Fiber = await import('effect/Fiber')
        const body = Effect.gen(function* () {
          for (let i = 0; i < SWITCHES; i++) yield* Effect.yieldNow
        })
        const main = Effect.gen(function* () {
          for (let repeat = 0; repeat < 2; repeat++) {
            const fibers = []
            for (let i = 0; i < TASKS; i++) fibers.push(yield* Effect.forkChild(body))
            for (const fiber of fibers) yield* Fiber.join(fiber)
          }
        })
        return () => nsPerSwitch(2, () => Effect.runPromise(main))
      },
    },
    'effection 4': {
      prepare: async () => {
        const { action, run, spawn } = await import('effection')
        const giveWay = () =>
          action<void>((resolve) => {
            queueMicrotask(resolve)
            return () => {}
          })
        const main = function* () {
          const tasks = []
          for (let i = 0; i < TASKS; i++) {
            const task = yield* spawn(function* () {
              for (let k = 0; k < SWITCHES; k++) yield* giveWay()
            })
            tasks.push(task)
          }
          for (const task of tasks) yield* task
        }
        return () => nsPerSwitch(1, () => run(main))
      },
    },
    asyncio: { python: 'spawn_switch_join', loop: 'asyncio' },
    uvloop: { python: 'spawn_switch_join', loop: 'uvloop' },
  },
}

async function native(repeats: number): Promise<void> {
  const body = async () => {
    for (let i = 0; i < SWITCHES; i++) await null
  }
  for (let repeat = 0; repeat < repeats; repeat++) {
    const tasks = []
    for (let i = 0; i < TASKS; i++) tasks.push(body())
    for (const task of tasks) await task
  }
}
