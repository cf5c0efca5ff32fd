import type { Coroutine } from 'hocket'
import { type Hocket, type MakeProgram, share } from './program.ts'

const SET = 50

/** What a primitive does with a set of coroutines, one time, in either spelling. */
interface Round {
  generators: (bodies: Coroutine<void>[]) => Coroutine<unknown>
  asyncFunctions: (bodies: Coroutine<void>[]) => Coroutine<unknown>
}

/** Fifty coroutines at a time, each of which gives way once. An operation is one of them. */
export const sets =
  (make: (hocket: Hocket) => Round): MakeProgram =>
  (hocket) => {
    const { coroutine, sleep } = hocket
    const round = make(hocket)
    const body = coroutine(function* () {
      yield* sleep(0)
    })
    const asyncBody = coroutine(async () => {
      await sleep(0)
    })
    const sleeper = coroutine(function* () {
      yield* sleep(3_600_000)
    })
    const setOf = (one: () => Coroutine<void>, size: number) => Array.from({ length: size }, one)
    return {
      generators: coroutine(function* (operations: number) {
        for (let left = share(operations, SET); left > 0; left--) {
          yield* round.generators(setOf(body, SET))
        }
      }),
      asyncFunctions: coroutine(async (operations: number) => {
        for (let left = share(operations, SET); left > 0; left--) {
          await round.asyncFunctions(setOf(asyncBody, SET))
        }
      }),
      blocked: [
        () => round.generators(setOf(sleeper, 1)),
        () => round.asyncFunctions(setOf(sleeper, 1)),
      ],
    }
  }

const gather = sets(({ coroutine, gather }) => ({
  generators: coroutine(function* (bodies: Coroutine<void>[]) {
    yield* gather(bodies)
  }),
  asyncFunctions: coroutine(async (bodies: Coroutine<void>[]) => {
    await gather(bodies)
  }),
}))

const wait = sets(({ coroutine, createTask, wait }) => ({
  generators: coroutine(function* (bodies: Coroutine<void>[]) {
    const tasks = bodies.map((body) => createTask(body))
    try {
      yield* wait(tasks)
    } finally {
      for (const task of tasks) task.cancel()
    }
  }),
  asyncFunctions: coroutine(async (bodies: Coroutine<void>[]) => {
    const tasks = bodies.map((body) => createTask(body))
    try {
      await wait(tasks, { returnWhen: 'FIRST_EXCEPTION', timeout: 3_600_000 })
    } finally {
      for (const task of tasks) task.cancel()
    }
  }),
}))

const asCompleted = sets(({ asCompleted, coroutine, createTask }) => ({
  generators: coroutine(function* (bodies: Coroutine<void>[]) {
    const tasks = bodies.map((body) => createTask(body))
    try {
      for (const next of asCompleted(tasks)) yield* next
    } finally {
      for (const task of tasks) task.cancel()
    }
  }),
  asyncFunctions: coroutine(async (bodies: Coroutine<void>[]) => {
    const tasks = bodies.map((body) => createTask(body))
    try {
      for await (const _ of asCompleted(tasks));
    } finally {
      for (const task of tasks) task.cancel()
    }
  }),
}))

const shield = sets(({ coroutine, createTask, shield }) => ({
  generators: coroutine(function* (bodies: Coroutine<void>[]) {
    for (const body of bodies) {
      const task = createTask(body)
      try {
        yield* shield(task)
      } finally {
        task.cancel()
      }
    }
  }),
  asyncFunctions: coroutine(async (bodies: Coroutine<void>[]) => {
    for (const body of bodies) {
      const task = createTask(body)
      try {
        await shield(task)
      } finally {
        task.cancel()
      }
    }
  }),
}))

const map = sets(({ coroutine, map }) => ({
  generators: coroutine(function* (bodies: Coroutine<void>[]) {
    yield* map(bodies, (body) => body, { concurrency: 8 })
  }),
  asyncFunctions: coroutine(async (bodies: Coroutine<void>[]) => {
    for await (const _ of map(bodies, async (body) => await body, { concurrency: 8 }));
  }),
}))

const forEach = sets(({ coroutine, forEach }) => ({
  generators: coroutine(function* (bodies: Coroutine<void>[]) {
    yield* forEach(bodies, (body) => body, { concurrency: 8 })
  }),
  asyncFunctions: coroutine(async (bodies: Coroutine<void>[]) => {
    await forEach(bodies, async (body) => await body, { concurrency: 8 })
  }),
}))

export const combine: Record<string, MakeProgram> = {
  gather,
  wait,
  asCompleted,
  shield,
  map,
  forEach,
}
