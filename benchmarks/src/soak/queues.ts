import type { Coroutine } from 'hocket'
import type { Hocket, MakeProgram, Program } from './program.ts'

const MAXSIZE = 2

/** The ends of what items go through. */
interface Ends {
  put: (item: number) => Coroutine<unknown>
  get: () => Coroutine<number>
}

/** A producer and a consumer. An operation is one item. */
function handOver({ coroutine, createTask }: Hocket, { put, get }: Ends): Omit<Program, 'blocked'> {
  const produce = coroutine(function* (items: number) {
    for (let i = 0; i < items; i++) yield* put(i)
  })
  const produceAsync = coroutine(async (items: number) => {
    for (let i = 0; i < items; i++) await put(i)
  })
  return {
    generators: coroutine(function* (items: number) {
      const producer = createTask(produce(items))
      for (let i = 0; i < items; i++) yield* get()
      yield* producer
    }),
    asyncFunctions: coroutine(async (items: number) => {
      const producer = createTask(produceAsync(items))
      for (let i = 0; i < items; i++) await get()
      await producer
    }),
  }
}

const queue =
  (name: 'Queue' | 'LifoQueue' | 'PriorityQueue'): MakeProgram =>
  (hocket) => {
    const make = () => new hocket[name]<number>(MAXSIZE)
    const shared = make()
    const empty = make()
    const full = make()
    for (let i = 0; i < MAXSIZE; i++) full.putNowait(i)
    const ends = { put: (item: number) => shared.put(item), get: () => shared.get() }
    return { ...handOver(hocket, ends), blocked: [() => empty.get(), () => full.put(0)] }
  }

const memoryChannel =
  (maxBufferSize: number): MakeProgram =>
  (hocket) => {
    const [send, receive] = hocket.openMemoryChannel<number>(maxBufferSize)
    const [sendNever] = hocket.openMemoryChannel<number>(0)
    const [, receiveNever] = hocket.openMemoryChannel<number>(0)
    const ends = { put: (item: number) => send.send(item), get: () => receive.receive() }
    return {
      ...handOver(hocket, ends),
      blocked: [() => sendNever.send(0), () => receiveNever.receive()],
    }
  }

export const queues: Record<string, MakeProgram> = {
  Queue: queue('Queue'),
  LifoQueue: queue('LifoQueue'),
  PriorityQueue: queue('PriorityQueue'),
  'memory channel': memoryChannel(0),
  'buffered memory channel': memoryChannel(MAXSIZE),
}
