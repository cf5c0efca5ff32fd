import {
  CancelledError,
  coroutine,
  createTask,
  currentTask,
  ExceptionGroup,
  type Future,
  sleep,
  type Task,
  taskGroup,
} from 'hocket'
import { ended, ensure, ensureEqual, quiet, type Scenario, scenariosOf, start } from './scenario.ts'

const failing = coroutine(function* failing() {
  yield* sleep(0)
  throw new RangeError('a child fails')
})

const working = coroutine(function* working(steps: number) {
  for (let step = 0; step < steps; step += 1) yield* sleep(0)
})

const group = scenariosOf('TaskGroup', {
  'ends when all its tasks have ended, whoever is cancelled': function* () {
    const children: Task<unknown>[] = []
    const parent = createTask(
      function* parent() {
        try {
          yield* taskGroup(function* (group) {
            for (const steps of [2, 1, 3]) {
              children.push(group.createTask(working(steps), { name: `child ${steps}` }))
              yield* sleep(0)
            }
          })
        } finally {
          ensure(
            children.every((child) => child.done()),
            'a child is left',
          )
        }
      },
      { name: 'parent' },
    )
    yield* ended([parent])
    yield* ended(children)
    ensureEqual(parent.cancelling() > 0, parent.cancelled(), 'asked to cancel')
  },
  'throws the error of a child, and cancels the others': function* () {
    const children: Task<unknown>[] = []
    let error: unknown = null
    const parent = createTask(
      function* parent() {
        try {
          yield* taskGroup(function* (group) {
            children.push(group.createTask(working(4), { name: 'slow' }))
            children.push(group.createTask(failing(), { name: 'failing' }))
            yield* sleep(0)
            yield* sleep(0)
            yield* sleep(0)
          })
        } catch (thrown) {
          error = thrown
          if (!(thrown instanceof ExceptionGroup)) throw thrown
        } finally {
          ensure(
            children.every((child) => child.done()),
            'a child is left',
          )
        }
        yield* sleep(0)
      },
      { name: 'parent' },
    )
    yield* ended([parent])
    const [, second] = children
    const hasFailed = second !== undefined && !second.cancelled()
    if (hasFailed && !parent.cancelled()) {
      ensure(error instanceof ExceptionGroup, `it has thrown ${String(error)}`)
      const { exceptions } = error as ExceptionGroup<Error>
      ensureEqual(
        exceptions.map((each) => each.message),
        ['a child fails'],
        'errors',
      )
    }
    if (!hasFailed && !parent.cancelled()) ensure(error === null, `it has thrown ${String(error)}`)
    for (const child of children) if (!child.cancelled()) child.exception()
  },
  'start() gives the value, or throws, and nothing is left': function* () {
    const children = new Set<Task<unknown>>()
    const parent = createTask(
      function* parent() {
        yield* taskGroup(function* (group) {
          const value = yield* group.start<number>(function* (status) {
            children.add(currentTask() as Task<unknown>)
            yield* sleep(0)
            status.started(5)
            yield* sleep(0)
          })
          ensureEqual(value, 5, 'the value')
        })
      },
      { name: 'parent' },
    )
    while (!parent.done()) yield* quiet()
    for (const child of children) ensure(child.done(), 'the child is left')
    if (!parent.cancelled() && parent.exception() !== null) {
      // A child that is cancelled before it has started is an error of start().
      ensure(
        [...children].every((child) => child.cancelled()),
        String(parent.exception()),
      )
    }
  },
  'works in async functions': async () => {
    const children: Task<unknown>[] = []
    const parent = createTask(
      async () => {
        try {
          await taskGroup(async (group) => {
            for (const steps of [1, 2]) {
              children.push(group.createTask(working(steps), { name: `child ${steps}` }))
            }
            await sleep(0)
          })
        } finally {
          ensure(
            children.every((child) => child.done()),
            'a child is left',
          )
        }
      },
      { name: 'parent' },
    )
    while (!parent.done()) await sleep(1)
    if (!parent.cancelled()) parent.result()
  },
})

/** The runtime's own promises, on which all others rest. */
const tasks = scenariosOf('Task', {
  'cancelled at any point, its clean-up runs once, and who awaits it learns': function* () {
    const log: string[] = []
    const inner = coroutine(function* inner() {
      try {
        yield* sleep(0)
        yield* sleep(0)
      } finally {
        yield* sleep(0)
        log.push('cleaned up')
      }
    })
    const begun = coroutine(function* () {
      log.push('begun')
      yield* inner()
    })
    const [task] = start([begun()]) as [Task<void>]
    const watcher = createTask(
      function* watcher() {
        try {
          yield* task
          return 'done'
        } catch (error) {
          if (!(error instanceof CancelledError)) throw error
          return 'cancelled'
        }
      },
      { name: 'watcher' },
    )
    yield* ended([task, watcher])
    if (!watcher.cancelled()) {
      // Its own cancellation may come before it learns that the task is done.
      ensure(watcher.result() === 'cancelled' || !task.cancelled(), 'the watcher knows')
    }
    const count = log.filter((word) => word === 'cleaned up').length
    // A second cancellation, passed on by the watcher, may end the clean-up itself.
    ensure(count <= 1, `cleaned up ${count} times`)
  },
  'a future resumes all who wait for it': function* ({ loop }) {
    const future: Future<number> = loop.createFuture<number>()
    const got: number[] = []
    const tasks = start(
      [1, 2, 3].map(() =>
        coroutine(function* () {
          const own = loop.createFuture<void>()
          future.addDoneCallback(() => {
            if (!own.done()) own.setResult()
          })
          yield* own
          got.push(future.result())
        })(),
      ),
    )
    yield* sleep(0)
    future.setResult(7)
    yield* ended(tasks)
    ensureEqual(got.length, tasks.filter((task) => !task.cancelled()).length, 'resumed')
  },
})

export const groups: readonly Scenario[] = [...tasks, ...group]
