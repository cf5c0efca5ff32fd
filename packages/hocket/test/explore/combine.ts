import {
  asCompleted,
  CancelledError,
  type Coroutine,
  coroutine,
  createTask,
  currentSignal,
  FIRST_COMPLETED,
  type Future,
  gather,
  shield,
  sleep,
  type Task,
  wait,
} from 'hocket'
import {
  ended,
  ensure,
  ensureEqual,
  ensureObeyed,
  quiet,
  type Scenario,
  scenariosOf,
  start,
} from './scenario.ts'

const double = coroutine(function* double(n: number) {
  for (let step = 0; step < n; step += 1) yield* sleep(0)
  return 2 * n
})

function isCancelled(error: unknown): boolean {
  return error instanceof CancelledError
}

const gathers = scenariosOf('gather', {
  'gives the results in order, and cancels its children with it': function* () {
    const children = start([double(2), double(1), double(0)], 'child')
    let hasCancelledChild = false
    const parent = createTask(
      function* parent() {
        try {
          const found = yield* gather(children)
          ensureEqual(found, [4, 2, 0], 'results')
        } catch (error) {
          hasCancelledChild = isCancelled(error)
          throw error
        }
      },
      { name: 'parent' },
    )
    yield* ended([parent])
    yield* ended(children)
    const cancelled = children.filter((child) => child.cancelled()).length
    ensureEqual(hasCancelledChild || parent.cancelled(), parent.cancelled(), 'it says so')
    if (cancelled > 0) ensure(parent.cancelled(), 'a cancelled child cancels it')
  },
  'cancelled, it cancels each child that is not done': {
    body: function* () {
      const children = start([sleep(5), sleep(5), sleep(9)], 'child')
      let asked: Task<unknown>[] = []
      const parent = createTask(
        function* parent() {
          currentSignal().addEventListener('abort', () => {
            asked = children.filter((child) => !child.done())
          })
          yield* gather(children)
        },
        { name: 'parent' },
      )
      yield* ended([parent])
      yield* ended(children)
      ensureObeyed([parent, ...asked])
      ensure(
        asked.every((child) => child.cancelled()),
        'a child has gone on',
      )
    },
    options: { cancel: ['parent'], jumps: 1 },
  },
  'with returnExceptions tells of each': function* () {
    const fail = coroutine(function* () {
      yield* sleep(0)
      throw new RangeError('no')
    })
    const children = [...start<number>([double(2), fail()], 'child')]
    const parent = createTask(
      function* parent() {
        const [one, two] = yield* gather(children, { returnExceptions: true })
        ensure(one === 4 || isCancelled(one), `first: ${String(one)}`)
        ensure(two instanceof RangeError || isCancelled(two), `second: ${String(two)}`)
      },
      { name: 'parent' },
    )
    yield* ended([parent])
    while (!children.every((child) => child.done())) yield* quiet()
    for (const child of children) if (!child.cancelled()) child.exception()
  },
  'the first error comes, and the others run on': function* () {
    const log: string[] = []
    const fail = coroutine(function* () {
      yield* sleep(0)
      throw new RangeError('no')
    })
    const runOn = coroutine(function* () {
      for (let step = 0; step < 3; step += 1) yield* sleep(0)
      log.push('ran on')
    })
    const failing = createTask(fail(), { name: 'failing' })
    const other = createTask(runOn(), { name: 'other' })
    const parent = createTask(
      function* parent() {
        const all = gather([failing, other])
        try {
          yield* all
        } catch (error) {
          ensure(error instanceof RangeError || isCancelled(error), String(error))
        }
        if (all.done() && !all.cancelled()) all.exception()
      },
      { name: 'parent' },
    )
    yield* ended([parent])
    while (!failing.done() || !other.done()) yield* quiet()
    ensureEqual(log.length === 1, !other.cancelled(), 'the other runs on')
    if (!failing.cancelled()) failing.exception()
  },
})

const waits = scenariosOf('wait', {
  'tells who is done and who is not, and touches nobody': function* () {
    const children = start([double(1), double(2), double(3)], 'child')
    const parent = createTask(
      function* parent() {
        const { done, pending } = yield* wait(children, { returnWhen: FIRST_COMPLETED })
        ensure(done.size > 0, 'somebody is done')
        for (const task of done) ensure(task.done(), 'what is said to be done is done')
        ensureEqual(done.size + pending.size, 3, 'all are told of')
        const rest = yield* wait(children)
        ensureEqual(rest.pending.size, 0, 'nobody is left')
      },
      { name: 'parent' },
    )
    yield* ended([parent])
    yield* ended(children)
    const cancelled = children.filter((child) => child.cancelled()).length
    const asked = children.filter((child) => child.cancelling() > 0).length
    ensureEqual(cancelled, asked, 'only who was meant is cancelled')
  },
  'with a timeout, too': {
    body: function* () {
      const children = start([sleep(5), sleep(20)], 'child')
      const parent = createTask(
        function* parent() {
          const { done, pending } = yield* wait(children, { timeout: 10 })
          ensureEqual(done.size + pending.size, 2, 'all are told of')
        },
        { name: 'parent' },
      )
      while (!parent.done()) yield* quiet()
      if (!parent.cancelled()) parent.result()
      yield* ended(children)
    },
    options: { jumps: 1 },
  },
})

const shields = scenariosOf('shield', {
  'keeps a cancellation of the caller from what is inside': function* () {
    const inner = createTask(double(3), { name: 'inner' })
    const caller = createTask(
      function* caller() {
        return yield* shield(inner)
      },
      { name: 'caller' },
    )
    yield* ended([caller])
    yield* ended([inner])
    if (caller.cancelled() && !inner.cancelled()) ensureEqual(inner.result(), 6, 'the inner result')
    if (inner.cancelled()) ensure(caller.cancelled(), 'whoever cancels the inner one cancels both')
  },
})

const completions = scenariosOf('asCompleted', {
  'gives each once, as they come': function* () {
    const children = start([double(2), double(1), double(3)], 'child')
    const parent = createTask(
      function* parent() {
        const found: number[] = []
        for (const next of asCompleted(children)) {
          try {
            found.push(yield* next)
          } catch (error) {
            if (!isCancelled(error) || children.every((child) => !child.cancelled())) throw error
            found.push(-1)
          }
        }
        ensureEqual(found.length, 3, 'found')
        const results = found.filter((each) => each > 0)
        ensureEqual(new Set(results).size, results.length, 'each once')
      },
      { name: 'parent' },
    )
    yield* ended([parent])
    yield* ended(children)
  },
})

// Only the one that waits is cancelled.
const byParent = (scenario: Scenario): Scenario => ({
  ...scenario,
  options: { ...scenario.options, cancel: ['parent'] },
})

/** A task that awaits what `make` gives of a coroutine that fails, and may be cancelled meanwhile. */
function* failingUnder(make: (source: () => Coroutine<never>) => Future<unknown>) {
  const fail = coroutine(function* fail(): Generator<never, never, unknown> {
    yield* sleep(0) as Iterable<never, void>
    throw new RangeError('no')
  })
  const parent = createTask(
    function* parent() {
      try {
        yield* make(fail)
      } catch (error) {
        ensure(error instanceof RangeError || isCancelled(error), String(error))
      }
    },
    { name: 'parent' },
  )
  yield* ended([parent])
  yield* quiet()
}

// As in asyncio: who is cancelled when what it awaits has just failed has looked at the error.
const failures = [
  ...scenariosOf('gather', {
    'an error that a cancelled caller does not get any more is not reported': () =>
      failingUnder((fail) => gather([fail()])),
  }),
  ...scenariosOf('Task', {
    'an error that a cancelled caller does not get any more is not reported': () =>
      failingUnder((fail) => createTask(fail(), { name: 'failing' })),
  }),
].map(byParent)

export const combine: readonly Scenario[] = [
  ...gathers,
  ...waits,
  ...shields,
  ...completions,
  ...failures,
]
