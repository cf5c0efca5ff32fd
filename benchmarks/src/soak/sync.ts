import type { Acquired, Barrier, Condition, Coroutine, Event } from 'hocket'
import { type Hocket, type MakeProgram, type Program, share } from './program.ts'

const TASKS = 4

interface Acquirable {
  acquire: () => Coroutine<Acquired>
  acquireNowait: () => Acquired
  release: () => void
}

/**
 * Four tasks for which there is one place: it goes from one to the next. An operation is one acquire
 * and one release. In async functions the guard does the release.
 */
const takingTurns =
  (make: (hocket: Hocket) => Acquirable): MakeProgram =>
  (hocket) => {
    const { coroutine, createTask, sleep } = hocket
    const shared = make(hocket)
    const held = make(hocket)
    held.acquireNowait()
    const generator = coroutine(function* (turns: number) {
      for (let i = 0; i < turns; i++) {
        yield* shared.acquire()
        shared.release()
      }
    })
    const asyncFunction = coroutine(async (turns: number) => {
      for (let i = 0; i < turns; i++) {
        const acquired = await shared.acquire()
        acquired[Symbol.dispose]()
      }
    })
    const all = (body: (turns: number) => Coroutine<void>) =>
      coroutine(function* (operations: number) {
        yield* shared.acquire()
        const turns = share(operations, TASKS)
        const tasks = []
        for (let i = 0; i < TASKS; i++) tasks.push(createTask(body(turns)))
        yield* sleep(0)
        shared.release()
        for (const task of tasks) yield* task
      })
    return {
      generators: all(generator),
      asyncFunctions: all(asyncFunction),
      blocked: [() => held.acquire()],
    }
  }

/** Two tasks; each wakes the other and waits. An operation is one wait. */
function pingPong(
  { coroutine, createTask }: Hocket,
  generators: readonly ((times: number) => Coroutine<void>)[],
  asyncFunctions: readonly ((times: number) => Coroutine<void>)[],
): Pick<Program, 'generators' | 'asyncFunctions'> {
  const all = (bodies: readonly ((times: number) => Coroutine<void>)[]) =>
    coroutine(function* (operations: number) {
      const times = share(operations, bodies.length)
      const tasks = bodies.map((body) => createTask(body(times)))
      for (const task of tasks) yield* task
    })
  return { generators: all(generators), asyncFunctions: all(asyncFunctions) }
}

const event: MakeProgram = (hocket) => {
  const { coroutine } = hocket
  const ping = new hocket.Event()
  ping.set()
  const pong = new hocket.Event()
  const never = new hocket.Event()
  const generator = (mine: Event, other: Event) =>
    coroutine(function* (times: number) {
      for (let i = 0; i < times; i++) {
        yield* mine.wait()
        mine.clear()
        other.set()
      }
    })
  const asyncFunction = (mine: Event, other: Event) =>
    coroutine(async (times: number) => {
      for (let i = 0; i < times; i++) {
        await mine.wait()
        mine.clear()
        other.set()
      }
    })
  return {
    ...pingPong(
      hocket,
      [generator(ping, pong), generator(pong, ping)],
      [asyncFunction(ping, pong), asyncFunction(pong, ping)],
    ),
    blocked: [() => never.wait()],
  }
}

const condition: MakeProgram = (hocket) => {
  const { coroutine } = hocket
  const shared: Condition = new hocket.Condition()
  const never: Condition = new hocket.Condition()
  let turn = 0
  const generator = (me: number) =>
    coroutine(function* (times: number) {
      yield* shared.acquire()
      for (let i = 0; i < times; i++) {
        while (turn !== me) yield* shared.wait()
        turn = 1 - me
        shared.notify()
      }
      shared.release()
    })
  const asyncFunction = (me: number) =>
    coroutine(async (times: number) => {
      await shared.acquire()
      for (let i = 0; i < times; i++) {
        await shared.waitFor(() => turn === me)
        turn = 1 - me
        shared.notify()
      }
      shared.release()
    })
  const waitForEver = coroutine(function* () {
    yield* never.acquire()
    try {
      yield* never.wait()
    } finally {
      never.release()
    }
  })
  return {
    ...pingPong(hocket, [generator(0), generator(1)], [asyncFunction(0), asyncFunction(1)]),
    blocked: [() => waitForEver()],
  }
}

const barrier: MakeProgram = (hocket) => {
  const { coroutine } = hocket
  const shared: Barrier = new hocket.Barrier(2)
  const never: Barrier = new hocket.Barrier(2)
  const generator = coroutine(function* (times: number) {
    for (let i = 0; i < times; i++) yield* shared.wait()
  })
  const asyncFunction = coroutine(async (times: number) => {
    for (let i = 0; i < times; i++) await shared.wait()
  })
  return {
    ...pingPong(hocket, [generator, generator], [asyncFunction, asyncFunction]),
    blocked: [() => never.wait()],
  }
}

export const sync: Record<string, MakeProgram> = {
  Lock: takingTurns(({ Lock }) => new Lock()),
  Event: event,
  Condition: condition,
  Semaphore: takingTurns(({ Semaphore }) => new Semaphore(1)),
  BoundedSemaphore: takingTurns(({ BoundedSemaphore }) => new BoundedSemaphore(1)),
  CapacityLimiter: takingTurns(({ CapacityLimiter }) => new CapacityLimiter(1)),
  Barrier: barrier,
}
