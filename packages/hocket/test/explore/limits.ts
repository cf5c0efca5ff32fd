import {
  cancelScope,
  createTask,
  currentTask,
  moveOnAfter,
  Queue,
  sleep,
  type Task,
  TimeoutError,
  timeout,
  waitFor,
} from 'hocket'
import { ended, ensure, ensureEqual, quiet, type Scenario, scenariosOf } from './scenario.ts'

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

export const limits: readonly Scenario[] = [...timeouts, ...waits, ...scopes]
