import {
  aclosing,
  asyncGenerator,
  cancelScope,
  coroutine,
  createTask,
  ExceptionGroup,
  exitStack,
  Lock,
  memoryStreamPair,
  sleep,
  type Task,
  TimeoutError,
  taskGroup,
  timeout,
} from 'hocket'
import {
  ended,
  ensure,
  ensureEqual,
  isInOrder,
  quiet,
  type Scenario,
  scenariosOf,
  start,
} from './scenario.ts'

const generators = scenariosOf('asyncGenerator', {
  'its finally runs once, to its end, whoever is cancelled': function* () {
    const log: string[] = []
    const numbers = asyncGenerator(function* numbers() {
      try {
        for (const number of [1, 2, 3]) {
          yield* sleep(0)
          yield number
        }
      } finally {
        log.push('closing')
        yield* sleep(0)
        log.push('closed')
      }
    })
    const got: number[] = []
    const consume = coroutine(function* consume() {
      yield* aclosing(numbers()).run(function* (agen) {
        for (;;) {
          const { done, value } = yield* agen.next()
          if (done === true) return
          got.push(value)
        }
      })
    })
    const [task] = start([consume()]) as [Task<void>]
    yield* ended([task])
    ensure(isInOrder(got, [1, 2, 3]), `got ${got}`)
    const count = log.filter((word) => word === 'closing').length
    ensure(count <= 1, `closed ${count} times`)
    // One cancellation: it may come before the start, in the body, or in the closing itself.
    if (!task.cancelled())
      ensureEqual(
        [got, log],
        [
          [1, 2, 3],
          ['closing', 'closed'],
        ],
        'log',
      )
  },
  'in async functions': async () => {
    const log: string[] = []
    const numbers = asyncGenerator(async function* numbers() {
      try {
        for (const number of [1, 2]) {
          await sleep(0)
          yield number
        }
      } finally {
        log.push('closed')
      }
    })
    let hasBegun = false
    const task = createTask(
      async () => {
        for await (const _number of numbers()) {
          hasBegun = true
          await sleep(0)
        }
      },
      { name: 'consumer' },
    )
    while (!task.done()) await sleep(1)
    if (!task.cancelled()) task.result()
    if (hasBegun) ensureEqual(log, ['closed'], 'log')
  },
})

const stacks = scenariosOf('exitStack', {
  'leaves all that was entered, once, the last first': function* () {
    const opened: string[] = []
    const closed: string[] = []
    const open = coroutine(function* open(name: string) {
      yield* sleep(0)
      opened.push(name)
      return {
        [Symbol.asyncDispose]: coroutine(function* close() {
          closed.push(name)
          yield* sleep(0)
        }),
      }
    })
    const use = coroutine(function* () {
      yield* exitStack(function* (stack) {
        for (const name of ['a', 'b']) yield* stack.enterAsyncContext(open(name))
        yield* sleep(0)
      })
    })
    yield* ended(start([use()]))
    ensureEqual(closed, opened.toReversed(), 'closed')
  },
})

const text = new TextDecoder()

const streams = scenariosOf('streams', {
  'lose and repeat no byte, whoever is cancelled': function* () {
    const [[reader], [, writer]] = memoryStreamPair({ limit: 4 })
    const written: string[] = []
    let read = ''
    const write = coroutine(function* () {
      for (const part of ['abc', 'de\n', 'fghij']) {
        writer.write(part)
        written.push(part)
        yield* writer.drain()
      }
    })
    const take = coroutine(function* () {
      read += text.decode(yield* reader.readexactly(2))
      read += text.decode(yield* reader.read(3))
      read += text.decode(yield* reader.readexactly(1))
    })
    const tasks = [...start([write()], 'writer'), ...start([take()], 'reader')]
    while (!tasks.every((task) => task.done())) {
      yield* quiet()
      // Who waits for what the other one does not do any more.
      if (tasks.some((task) => task.cancelled())) for (const task of tasks) task.cancel()
    }
    yield* ended(tasks)
    writer.close()
    read += text.decode(yield* reader.read())
    ensureEqual(read, written.join(''), 'read')
    yield* writer.waitClosed()
  },
})

const nested = scenariosOf('scopes', {
  'a group in a timeout in a scope: nobody is left, and the lock is free': {
    body: function* () {
      const lock = new Lock()
      const children: Task<unknown>[] = []
      const child = coroutine(function* child(steps: number) {
        const held = yield* lock.acquire()
        try {
          for (let step = 0; step < steps; step += 1) yield* sleep(0)
          yield* sleep(5)
        } finally {
          held.release()
        }
      })
      const task = createTask(
        function* nested() {
          yield* cancelScope(function* (scope) {
            try {
              yield* timeout(8, function* () {
                yield* taskGroup(function* (group) {
                  for (const steps of [1, 2]) {
                    children.push(group.createTask(child(steps), { name: `child ${steps}` }))
                  }
                  yield* sleep(0)
                })
                scope.cancel()
              })
            } catch (error) {
              if (!(error instanceof TimeoutError)) throw error
            } finally {
              ensure(
                children.every((each) => each.done()),
                'a child is left',
              )
              ensure(!lock.locked(), 'the lock is held')
            }
            yield* sleep(0)
          })
          yield* sleep(0)
        },
        { name: 'nested' },
      )
      while (!task.done()) yield* quiet()
      ensureEqual(task.cancelling() > 0, task.cancelled(), 'asked to cancel')
      if (!task.cancelled() && !(task.exception() instanceof ExceptionGroup)) task.result()
    },
    options: { jumps: 1 },
  },
  'a shielded clean-up runs to its end in one that is cancelled': {
    body: function* () {
      const log: string[] = []
      const task = createTask(
        function* scoped() {
          yield* cancelScope(function* (scope) {
            createTask(function* canceller() {
              yield* sleep(0)
              scope.cancel()
            })
            try {
              yield* sleep(3)
              log.push('worked')
            } finally {
              yield* cancelScope(
                function* () {
                  log.push('cleaning')
                  yield* sleep(0)
                  yield* sleep(1)
                  log.push('clean')
                },
                { shield: true },
              )
            }
          })
        },
        { name: 'scoped' },
      )
      while (!task.done()) yield* quiet()
      // Task.cancel() is not a scope's, and goes through a shield.
      if (!task.cancelled()) {
        task.result()
        ensureEqual(log.slice(-2), ['cleaning', 'clean'], 'log')
      }
    },
    options: { cancel: ['scoped'], jumps: 1 },
  },
})

export const together: readonly Scenario[] = [...generators, ...stacks, ...streams, ...nested]
