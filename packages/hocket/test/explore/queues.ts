import {
  Barrier,
  BrokenBarrierError,
  coroutine,
  EndOfChannel,
  LifoQueue,
  openMemoryChannel,
  PriorityQueue,
  Queue,
  QueueShutDown,
  sleep,
} from 'hocket'
import {
  ended,
  ensure,
  ensureEqual,
  isInOrder,
  quiet,
  type Scenario,
  scenariosOf,
  sorted,
  start,
} from './scenario.ts'

/** Two producers of two items each, and consumers, of whom some get more than there is. */
function* traffic(queue: Queue<number>, gets: readonly number[]) {
  const put: number[] = []
  const got: number[] = []
  const produce = coroutine(function* (items: readonly number[]) {
    for (const item of items) {
      yield* queue.put(item)
      put.push(item)
    }
  })
  const consume = coroutine(function* (count: number) {
    for (let index = 0; index < count; index += 1) {
      got.push(yield* queue.get())
      yield* sleep(0)
      queue.taskDone()
    }
  })
  const producers = start([produce([1, 2]), produce([3, 4])], 'producer')
  const consumers = start(
    gets.map((count) => consume(count)),
    'consumer',
  )
  yield* quiet()
  const isWaiting = (task: { done(): boolean }) => !task.done()
  ensure(queue.empty() || !consumers.some(isWaiting), 'there are items, and somebody waits for one')
  ensure(queue.full() || !producers.some(isWaiting), 'there is room, and somebody waits for some')
  const left: number[] = []
  while (!queue.empty()) left.push(queue.getNowait())
  queue.shutdown()
  for (const task of [...producers, ...consumers]) {
    // Who was woken by the room that was made above has put its item, or comes to the end.
    while (!task.done()) yield* quiet()
    ensure(task.cancelled() || isShutDown(task.exception()), `${task.getName()} has failed`)
  }
  while (!queue.empty()) left.push(queue.getNowait())
  ensureEqual(sorted([...got, ...left]), sorted(put), 'what was put is what was got or is left')
  const { tasksWaitingGet, tasksWaitingPut } = queue.statistics()
  ensureEqual([tasksWaitingGet, tasksWaitingPut], [0, 0], 'waiting at the end')
  return { put, got, left }
}

function isShutDown(error: unknown): boolean {
  return error === null || error instanceof QueueShutDown
}

function trafficOf(primitive: string, make: (maxsize: number) => Queue<number>): Scenario[] {
  return [0, 1, 2].flatMap((maxsize) =>
    scenariosOf(primitive, {
      [`of ${maxsize || 'any'} size loses nothing, and leaves nobody waiting`]: () =>
        traffic(make(maxsize), [2, 3]),
    }),
  )
}

const queue = [
  ...trafficOf('Queue', (maxsize) => new Queue(maxsize)),
  ...scenariosOf('Queue', {
    'is first in, first out': function* () {
      const queue = new Queue<number>(1)
      const produce = coroutine(function* () {
        for (const item of [1, 2, 3]) yield* queue.put(item)
      })
      const got: number[] = []
      const consume = coroutine(function* () {
        for (;;) got.push(yield* queue.get())
      })
      const tasks = [...start([produce()], 'producer'), ...start([consume()], 'consumer')]
      yield* quiet()
      for (const task of tasks) task.cancel()
      yield* ended(tasks)
      while (!queue.empty()) got.push(queue.getNowait())
      ensure(isInOrder(got, [1, 2, 3]), `got ${got}`)
    },
    'join() ends when all is done, and not before': {
      body: function* () {
        const queue = new Queue<number>()
        let done = 0
        const consume = coroutine(function* () {
          for (;;) {
            yield* queue.get()
            try {
              yield* sleep(0)
            } finally {
              done += 1
              queue.taskDone()
            }
          }
        })
        const consumers = start([consume(), consume()], 'consumer')
        for (const item of [1, 2, 3]) yield* queue.put(item)
        yield* queue.join()
        ensureEqual(done, 3, 'done at the end of join()')
        queue.shutdown()
        for (const task of consumers) {
          while (!task.done()) yield* quiet()
          ensure(task.cancelled() || isShutDown(task.exception()), 'it ends by the shutdown')
        }
      },
      // With both consumers gone, nobody does it.
      options: { cancels: 1 },
    },
    'works in async functions': async () => {
      const queue = new Queue<number>(1)
      const put: number[] = []
      const got: number[] = []
      const produce = coroutine(async () => {
        for (const item of [1, 2]) {
          await queue.put(item)
          put.push(item)
        }
      })
      const consume = coroutine(async () => {
        for await (const item of queue) got.push(item)
      })
      const tasks = [...start([produce()], 'producer'), ...start([consume()], 'consumer')]
      await sleep(1)
      queue.shutdown()
      for (const task of tasks) {
        while (!task.done()) await sleep(1)
        ensure(task.cancelled() || isShutDown(task.exception()), 'it ends by the shutdown')
      }
      while (!queue.empty()) got.push(queue.getNowait())
      ensureEqual(got, put, 'what was put is what was got')
    },
  }),
]

const others = [
  ...trafficOf('LifoQueue', (maxsize) => new LifoQueue(maxsize)),
  ...trafficOf('PriorityQueue', (maxsize) => new PriorityQueue(maxsize)),
  ...scenariosOf('PriorityQueue', {
    'gives the least that is there': function* () {
      const queue = new PriorityQueue<number>()
      const here: number[] = []
      const produce = coroutine(function* (items: readonly number[]) {
        for (const item of items) {
          yield* queue.put(item)
          here.push(item)
          yield* sleep(0)
        }
      })
      const consume = coroutine(function* () {
        for (let count = 0; count < 2; count += 1) {
          const item = yield* queue.get()
          ensureEqual(item, Math.min(...here), 'the least')
          here.splice(here.indexOf(item), 1)
        }
      })
      const tasks = start([produce([3, 1]), produce([2, 0]), consume(), consume()])
      yield* quiet()
      for (const task of tasks) task.cancel()
      yield* ended(tasks)
    },
  }),
]

const channels = [0, 1].flatMap((size) =>
  scenariosOf('memory channel', {
    [`with a buffer of ${size} loses nothing, and leaves nobody waiting`]: function* () {
      const [send, receive] = openMemoryChannel<number>(size)
      const sent: number[] = []
      const begun: number[] = []
      const received: number[] = []
      const produce = coroutine(function* (items: readonly number[]) {
        for (const item of items) {
          begun.push(item)
          yield* send.send(item)
          sent.push(item)
        }
      })
      const consume = coroutine(function* (count: number) {
        for (let index = 0; index < count; index += 1) received.push(yield* receive.receive())
      })
      const producers = start([produce([1, 2]), produce([3])], 'sender')
      const consumers = start([consume(1), consume(3)], 'receiver')
      yield* quiet()
      const { tasksWaitingSend, tasksWaitingReceive, currentBufferUsed } = send.statistics()
      ensure(tasksWaitingSend === 0 || tasksWaitingReceive === 0, 'both ends wait')
      ensure(currentBufferUsed === 0 || tasksWaitingReceive === 0, 'there is an item to receive')
      // What a cancelled receiver gives back may be more than there is room for.
      ensure(currentBufferUsed >= size || tasksWaitingSend === 0, 'there is room to send')
      for (const task of [...producers, ...consumers]) task.cancel()
      yield* ended([...producers, ...consumers])
      const left: number[] = []
      send.close()
      try {
        for (;;) left.push(receive.receiveNowait())
      } catch (error) {
        ensure(error instanceof EndOfChannel, `${error}`)
      }
      const arrived = [...received, ...left]
      ensureEqual(new Set(arrived).size, arrived.length, 'nothing comes twice')
      ensure(
        sent.every((item) => arrived.includes(item)),
        `sent ${sent}, arrived ${arrived}`,
      )
      ensure(
        arrived.every((item) => begun.includes(item)),
        `begun ${begun}, arrived ${arrived}`,
      )
    },
    [`with a buffer of ${size} keeps the order`]: function* () {
      const [send, receive] = openMemoryChannel<number>(size)
      const received: number[] = []
      const produce = coroutine(function* () {
        for (const item of [1, 2, 3]) yield* send.send(item)
        send.close()
      })
      const consume = coroutine(function* () {
        try {
          for (;;) received.push(yield* receive.receive())
        } catch (error) {
          if (!(error instanceof EndOfChannel)) throw error
        }
      })
      const tasks = [...start([produce()], 'sender'), ...start([consume()], 'receiver')]
      yield* quiet()
      const hasCancelled = tasks.some((task) => task.cancelled())
      for (const task of tasks) task.cancel()
      yield* ended(tasks)
      if (hasCancelled) ensure(isInOrder(received, [1, 2, 3]), `received ${received}`)
      else ensureEqual(received, [1, 2, 3], 'received')
    },
  }),
)

const barrier = scenariosOf('Barrier', {
  'lets two at a time pass, and leaves nobody inside': function* ({ atEnd }) {
    const barrier = new Barrier(2)
    const passed: number[] = []
    let broken = 0
    atEnd(() => ensureEqual(barrier.nWaiting, 0, 'waiting at the end'))
    const come = coroutine(function* () {
      try {
        passed.push(yield* barrier.wait())
      } catch (error) {
        if (!(error instanceof BrokenBarrierError)) throw error
        broken += 1
      }
    })
    const tasks = start([come(), come(), come()])
    yield* quiet()
    const left = tasks.filter((task) => !task.done()).length
    ensure(left <= 1, `${left} wait for each other`)
    const cancelled = tasks.filter((task) => task.cancelled()).length
    ensure(passed.length + left + cancelled === 3, 'all are accounted for')
    yield* barrier.abort()
    yield* ended(tasks)
    const cancelledLater = tasks.filter((task) => task.cancelled()).length - cancelled
    ensureEqual(broken + cancelledLater, left, 'broken, or cancelled meanwhile')
    yield* barrier.reset()
    ensure(!barrier.broken, 'it is whole again')
    passed.length = 0
    const again = start([come(), come()], 'again')
    yield* quiet()
    if (again.every((task) => !task.cancelled())) ensureEqual(sorted(passed), [0, 1], 'indexes')
    yield* barrier.abort()
    yield* ended(again)
  },
  'gives each an index of its own': {
    body: function* () {
      const barrier = new Barrier(3)
      const passed: number[] = []
      const come = coroutine(function* () {
        for (let round = 0; round < 2; round += 1) passed.push(yield* barrier.wait())
      })
      yield* ended(start([come(), come(), come()]))
      ensureEqual(sorted(passed), [0, 0, 1, 1, 2, 2], 'indexes')
    },
    options: { cancel: false },
  },
})

export const queues: readonly Scenario[] = [...queue, ...others, ...channels, ...barrier]
