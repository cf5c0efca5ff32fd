import type { Coroutine } from 'hocket'
import type { Hocket, Program } from './program.ts'
import { programs } from './programs.ts'

const CHUNKS = 20
const ONE_IS_ASYNC_OF = 10
const ONE_IS_CANCELLED_OF = 64
// It, its children and what these await have begun by then.
const STEPS_UNTIL_IT_WAITS = 4

/** What one primitive came to. */
export interface Soaked {
  operations: number
  seconds: number
  /** Bytes of heap after the first chunk, when everything is warm. */
  before: number
  /** Bytes of heap at the end. */
  after: number
}

/**
 * Works one primitive in one run, in chunks, and looks at the heap after the first and after the last.
 * Of the operations, every tenth is in an async function; beside them, one for every 64 is cancelled
 * while it waits.
 */
export async function measureHeap(name: string, operations: number): Promise<Soaked> {
  const hocket = await import('hocket')
  const { coroutine, run } = hocket
  const make = programs[name]
  if (make === undefined) throw new Error(`there is no primitive '${name}'`)
  const main = coroutine(function* () {
    const started = performance.now()
    const program = make(hocket)
    const chunk = Math.ceil(operations / CHUNKS)
    yield* soak(hocket, program, chunk)
    const before = yield* settledHeap(hocket)
    for (let i = 1; i < CHUNKS; i++) yield* soak(hocket, program, chunk)
    const after = yield* settledHeap(hocket)
    const seconds = (performance.now() - started) / 1000
    return { operations: chunk * CHUNKS, seconds, before, after }
  })
  return await run(main())
}

function* soak(hocket: Hocket, program: Program, operations: number) {
  const inAsyncFunctions = Math.ceil(operations / ONE_IS_ASYNC_OF)
  yield* program.generators(operations - inAsyncFunctions)
  yield* program.asyncFunctions(inAsyncFunctions)
  const kinds = program.blocked.length
  if (kinds === 0) return
  for (let i = 0; i < operations / ONE_IS_CANCELLED_OF; i++) {
    const blocked = program.blocked[i % kinds]
    if (blocked !== undefined) yield* cancelWaiting(hocket, blocked())
  }
}

function* cancelWaiting(
  { CancelledError, createTask, sleep }: Hocket,
  waiting: Coroutine<unknown>,
) {
  const task = createTask(waiting)
  for (let i = 0; i < STEPS_UNTIL_IT_WAITS; i++) yield* sleep(0)
  if (task.done()) throw new Error(`expected it to wait: ${task}`)
  task.cancel()
  try {
    yield* task
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error
  }
}

/** Collected until finalizers have run, which takes a turn of the host. */
function* settledHeap({ sleep }: Hocket) {
  for (let i = 0; i < 3; i++) {
    globalThis.gc?.()
    yield* sleep(1)
  }
  return process.memoryUsage().heapUsed
}
