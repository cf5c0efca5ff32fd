import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import type { Case, NodeContender } from '../lib/case.ts'
import { median } from '../lib/figures.ts'

// A loop that always has something ready must still look at the clock and at its sockets. 100
// tasks do nothing but give way. Under 300,000 such steps a timer of 5 ms is set: how late is it? And
// while they go on, a socket plays ping-pong with a server of the same process: how long is a round?
// There are limits and no rivals, since a native program that spins on `await null` serves neither.
const TASKS = 100
const STEPS = 3000
const TIMER_MS = 5
const ROUND_TRIPS = 20

type Spawn = (isReady: () => boolean) => unknown

/** Lateness of a timer, in ms. `spawnWith` gives what starts a task that gives way while it is told to. */
const timerUnder = (spawnWith: (hocket: typeof import('hocket')) => Spawn): NodeContender => ({
  prepare: async () => {
    const hocket = await import('hocket')
    const { coroutine, getRunningLoop, run } = hocket
    const spawn = spawnWith(hocket)
    const main = coroutine(function* () {
      const loop = getRunningLoop()
      const late = loop.createFuture<number>()
      let left = TASKS * STEPS
      const due = performance.now() + TIMER_MS
      loop.callLater(TIMER_MS, () => late.setResult(performance.now() - due))
      for (let i = 0; i < TASKS; i++) spawn(() => left-- > 0)
      const ms = yield* late
      left = 0
      return ms
    })
    return () => run(main())
  },
})

/** The round trip of a socket, in ms. */
const socketUnder = (spawnWith: (hocket: typeof import('hocket')) => Spawn): NodeContender => ({
  prepare: async () => {
    const hocket = await import('hocket')
    const { coroutine, ensureFuture, run } = hocket
    const spawn = spawnWith(hocket)
    const main = coroutine(function* (port: number) {
      const socket = connect(port, '127.0.0.1').setNoDelay()
      yield* ensureFuture(once(socket, 'connect'))
      let isOver = false
      for (let i = 0; i < TASKS; i++) spawn(() => !isOver)
      const trips = []
      for (let i = 0; i < ROUND_TRIPS; i++) {
        const start = performance.now()
        const answer = once(socket, 'data')
        socket.write('ping')
        yield* ensureFuture(answer)
        trips.push(performance.now() - start)
      }
      isOver = true
      socket.destroy()
      return median(trips)
    })
    const server = createServer((socket) => socket.setNoDelay().pipe(socket))
    await once(server.listen(0, '127.0.0.1'), 'listening')
    return () => run(main((server.address() as AddressInfo).port))
  },
})

const generators = ({ coroutine, createTask, sleep }: typeof import('hocket')): Spawn => {
  const spin = coroutine(function* (isReady: () => boolean) {
    while (isReady()) yield* sleep(0)
  })
  return (isReady) => createTask(spin(isReady))
}

const asyncFunctions = ({ coroutine, createTask, sleep }: typeof import('hocket')): Spawn => {
  const spin = coroutine(async (isReady: () => boolean) => {
    while (isReady()) await sleep(0)
  })
  return (isReady) => createTask(spin(isReady))
}

const limit = { limit: 10, text: '10 ms' }

export const fairness: Case = {
  name: 'fairness',
  processes: 3,
  rounds: 7,
  warmUpMs: 200,
  rows: [
    {
      case: 'timer under 300,000 ready steps, generators',
      unit: 'ms late',
      hocket: 'timer, generators',
      peer: limit,
      bar: 1,
    },
    {
      case: 'timer under 300,000 ready steps, async functions',
      unit: 'ms late',
      hocket: 'timer, async functions',
      peer: limit,
      bar: 1,
    },
    {
      case: 'socket under ready steps, generators',
      unit: 'ms per round trip',
      hocket: 'socket, generators',
      peer: limit,
      bar: 1,
    },
    {
      case: 'socket under ready steps, async functions',
      unit: 'ms per round trip',
      hocket: 'socket, async functions',
      peer: limit,
      bar: 1,
    },
  ],
  contenders: {
    'timer, generators': timerUnder(generators),
    'timer, async functions': timerUnder(asyncFunctions),
    'socket, generators': socketUnder(generators),
    'socket, async functions': socketUnder(asyncFunctions),
  },
}
