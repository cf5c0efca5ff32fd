import {
  CancelledError,
  cancelScope,
  coroutine,
  createTask,
  currentTask,
  ExceptionGroup,
  type Future,
  moveOnAfter,
  Queue,
  sleep,
  type Task,
  TimeoutError,
  taskGroup,
  timeout,
  waitFor,
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

/** What a task may end with that has a time limit of its own. */
function outcomeOf(task: Task<unknown>): unknown {
  if (task.cancelled()) return 'cancelled'
  const error = task.exception()
  if (error === null) return task.result()
  if (error instanceof TimeoutError) return 'timeout'
  throw error as Error
}

const early = { jumps: 2 } as const

const timeouts = scenariosOf('timeout', {
  'ends in a value, a TimeoutError or a cancellation from outside, and nothing else': {
    body: function* () {
      let isExpired = false
      const task = createTask(
        function* limited() {
          const value = yield* timeout(10, function* (limit) {
            try {
              yield* sleep(0)
              yield* sleep(10)
              yield* sleep(0)
              return 'value'
            } finally {
              isExpired = limit.expired()
            }
          })
          ensureEqual(currentTask()?.cancelling(), 0, 'requests to cancel after a value')
          yield* sleep(0)
          return value
        },
        { name: 'limited' },
      )
      yield* ended([
        createTask(
          function* wait() {
            while (!task.done()) yield* quiet()
          },
          { name: 'observer' },
        ),
      ])
      while (!task.done()) yield* quiet()
      const outcome = outcomeOf(task)
      if (outcome === 'timeout') ensure(isExpired, 'a TimeoutError without an expired timeout')
      ensureEqual(
        task.cancelling() > 0,
        outcome === 'cancelled',
        `asked to cancel, after ${outcome}`,
      )
    },
    options: { ...early, cancel: ['limited'] },
  },
  'nested: the one that expires converts, and the other goes on': {
    body: function* () {
      const log: string[] = []
      const task = createTask(
        function* limited() {
          return yield* timeout(20, function* () {
            try {
              yield* timeout(10, function* () {
                yield* sleep(0)
                yield* sleep(15)
              })
              log.push('inner ended')
            } catch (error) {
              if (!(error instanceof TimeoutError)) throw error
              log.push('inner expired')
            }
            yield* sleep(0)
            return log.join()
          })
        },
        { name: 'limited' },
      )
      while (!task.done()) yield* quiet()
      const outcome = outcomeOf(task)
      ensure(
        ['inner expired', 'timeout', 'cancelled', 'inner ended'].includes(outcome as string),
        `${outcome}`,
      )
      ensureEqual(
        task.cancelling() > 0,
        outcome === 'cancelled',
        `asked to cancel, after ${outcome}`,
      )
    },
    options: { ...early, cancel: ['limited'] },
  },
  'in async functions': {
    body: async () => {
      const task = createTask(
        async () => {
          const value = await timeout(10, async () => {
            await sleep(0)
            await sleep(10)
            return 'value'
          })
          await sleep(0)
          return value
        },
        { name: 'limited' },
      )
      while (!task.done()) await sleep(1)
      const outcome = outcomeOf(task)
      ensureEqual(
        task.cancelling() > 0,
        outcome === 'cancelled',
        `asked to cancel, after ${outcome}`,
      )
    },
    options: { ...early, cancel: ['limited'] },
  },
})

const waits = scenariosOf('waitFor', {
  'loses no item of a queue': {
    body: function* () {
      const queue = new Queue<number>()
      const got: number[] = []
      const task = createTask(
        function* getter() {
          got.push(yield* waitFor(queue.get(), 10))
        },
        { name: 'getter' },
      )
      yield* sleep(0)
      queue.putNowait(1)
      while (!task.done()) yield* quiet()
      const outcome = outcomeOf(task)
      while (!queue.empty()) got.push(queue.getNowait())
      ensureEqual(got, [1], `the item, after ${outcome}`)
    },
    options: { ...early, cancel: ['getter'] },
  },
  'cancels the task that it waits for, and waits for its end': {
    body: function* () {
      const inner = createTask(
        function* inner() {
          try {
            yield* sleep(10)
          } finally {
            yield* sleep(0)
          }
        },
        { name: 'inner' },
      )
      const task = createTask(
        function* waiter() {
          try {
            yield* waitFor(inner, 10)
          } finally {
            ensure(inner.done(), 'the inner task is left')
          }
        },
        { name: 'waiter' },
      )
      while (!task.done() || !inner.done()) yield* quiet()
      outcomeOf(task)
    },
    // Cancelled twice, it would leave at once.
    options: { ...early, cancel: ['waiter'] },
  },
})

const scopes = scenariosOf('CancelScope', {
  'swallows its own cancellation, and no other': {
    body: function* () {
      let isCaught = false
      const task = createTask(
        function* scoped() {
          const value = yield* cancelScope(function* (scope) {
            try {
              createTask(function* canceller() {
                yield* sleep(0)
                scope.cancel()
              })
              yield* sleep(0)
              yield* sleep(0)
              yield* sleep(0)
              return 'value'
            } finally {
              isCaught = scope.cancelCalled
            }
          })
          if (value === undefined) ensure(isCaught, 'nothing, and the scope was not cancelled')
          ensureEqual(currentTask()?.cancelling(), 0, 'requests to cancel behind the scope')
          yield* sleep(0)
        },
        { name: 'scoped' },
      )
      while (!task.done()) yield* quiet()
      outcomeOf(task)
    },
    options: { cancel: ['scoped'] },
  },
  'shields what is inside from one around it': {
    body: function* () {
      const log: string[] = []
      const task = createTask(
        function* scoped() {
          yield* cancelScope(function* (outer) {
            outer.cancel()
            yield* cancelScope(
              function* () {
                yield* sleep(0)
                log.push('shielded')
              },
              { shield: true },
            )
            yield* sleep(0)
            log.push('not reached')
          })
          log.push('after')
        },
        { name: 'scoped' },
      )
      while (!task.done()) yield* quiet()
      if (outcomeOf(task) !== 'cancelled') ensureEqual(log, ['shielded', 'after'], 'log')
    },
    options: { cancel: ['scoped'] },
  },
  'moveOnAfter ends with or without its value, and time': {
    body: function* () {
      const task = createTask(
        function* scoped() {
          const value = yield* moveOnAfter(10, function* () {
            yield* sleep(0)
            yield* sleep(10)
            yield* sleep(0)
            return 'value'
          })
          ensure(value === undefined || value === 'value', String(value))
          ensureEqual(currentTask()?.cancelling(), 0, 'requests to cancel behind the scope')
          yield* sleep(0)
        },
        { name: 'scoped' },
      )
      while (!task.done()) yield* quiet()
      outcomeOf(task)
    },
    options: { ...early, cancel: ['scoped'] },
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

export const groups: readonly Scenario[] = [...tasks, ...group, ...timeouts, ...waits, ...scopes]
