import type { CancelScope, Coroutine } from 'hocket'
import { sets } from './combine.ts'
import type { Hocket, MakeProgram } from './program.ts'

const HOUR_MS = 3_600_000
const ONE_IS_LATE_OF = 64

const taskGroup = sets(({ coroutine, taskGroup }) => ({
  generators: coroutine(function* (bodies: Coroutine<void>[]) {
    // biome-ignore lint/correctness/useYield: the group does the waiting
    yield* taskGroup(function* (group) {
      for (const body of bodies) group.createTask(body)
    })
  }),
  asyncFunctions: coroutine(async (bodies: Coroutine<void>[]) => {
    await taskGroup(async (group) => {
      for (const body of bodies) group.createTask(body)
    })
  }),
}))

/** Awaits a body that gives way once under a limit of `delay` ms. */
type Limited = (delay: number) => Coroutine<unknown>

/** An operation is one limit. Every 64th has no time left when it begins, and is exceeded. */
const limits =
  (make: (hocket: Hocket) => { generators: Limited; asyncFunctions: Limited }): MakeProgram =>
  (hocket) => {
    const { coroutine, TimeoutError } = hocket
    const { generators, asyncFunctions } = make(hocket)
    const delayOf = (i: number) => (i % ONE_IS_LATE_OF === 0 ? 0 : HOUR_MS)
    const passTimeout = (error: unknown) => {
      if (!(error instanceof TimeoutError)) throw error
    }
    return {
      generators: coroutine(function* (operations: number) {
        for (let i = 0; i < operations; i++) {
          try {
            yield* generators(delayOf(i))
          } catch (error) {
            passTimeout(error)
          }
        }
      }),
      asyncFunctions: coroutine(async (operations: number) => {
        for (let i = 0; i < operations; i++) {
          try {
            await asyncFunctions(delayOf(i))
          } catch (error) {
            passTimeout(error)
          }
        }
      }),
      blocked: [],
    }
  }

type Limiter = 'timeout' | 'moveOnAfter' | 'failAfter'

const limiter = (name: Limiter) =>
  limits((hocket) => {
    const generator = function* () {
      yield* hocket.sleep(0)
    }
    const asyncFunction = async () => {
      await hocket.sleep(0)
    }
    return {
      generators: (delay) => hocket[name](delay, generator),
      asyncFunctions: (delay) => hocket[name](delay, asyncFunction),
    }
  })

const waitFor = limits(({ sleep, waitFor }) => ({
  generators: (delay) => waitFor(sleep(0), delay),
  asyncFunctions: (delay) => waitFor(sleep(0), delay),
}))

/** Here it is no time that is over: the scope is cancelled. */
const cancelScope = limits((hocket) => {
  const { sleep } = hocket
  const generator = function* () {
    yield* sleep(0)
  }
  const cancelledGenerator = function* (scope: CancelScope) {
    scope.cancel()
    yield* sleep(0)
  }
  const asyncFunction = async () => {
    await sleep(0)
  }
  const cancelledAsyncFunction = async (scope: CancelScope) => {
    scope.cancel()
    await sleep(0)
  }
  return {
    generators: (delay) => hocket.cancelScope(delay === 0 ? cancelledGenerator : generator),
    asyncFunctions: (delay) =>
      hocket.cancelScope(delay === 0 ? cancelledAsyncFunction : asyncFunction),
  }
})

export const group: Record<string, MakeProgram> = {
  taskGroup,
  timeout: limiter('timeout'),
  waitFor,
  cancelScope,
  moveOnAfter: limiter('moveOnAfter'),
  failAfter: limiter('failAfter'),
}
