import { LifoQueue, PriorityQueue, Queue } from 'hocket'
import type { QueueFlow, QueueKind, QueueStep } from '../language/queues.ts'
import { wait } from './speller.ts'
import { type Activation, type Flowing, type Flows, type Stage, type Steps, say } from './stage.ts'

type Item = readonly [rank: number, label: number]

/** Queues. The twin of queueing.py. */
export class QueuesPlayer {
  readonly #stage: Stage
  readonly #queues: readonly Queue<Item>[]
  readonly flows: Flows<QueueFlow>
  readonly steps: Steps<QueueStep>

  constructor(stage: Stage) {
    this.#stage = stage
    const made = stage.objects.queues ?? []
    this.#queues = made.map(([kind, maxsize]) => makeQueue(kind, maxsize))
    this.flows = {
      put: ([, index, rank, label], at) => this.#put(index, [rank, label], at),
      take: ([, index], at) => this.#take(index, at),
      joinQueue: ([, index], at) => this.#join(index, at),
    }
    this.steps = {
      putNowait: ([, index, rank, label, isForced], who) =>
        this.#pick(index, (queue, name) =>
          stage.attempt(who, `put into ${name}`, isForced, () => queue.putNowait([rank, label])),
        ),
      takeNowait: ([, index, isForced], who) =>
        this.#pick(index, (queue, name) =>
          stage.attempt(who, `take from ${name}`, isForced, () =>
            stage.log(who, `took from ${name}`, say(queue.getNowait())),
          ),
        ),
      taskDone: ([, index, isForced], who) =>
        this.#pick(index, (queue, name) =>
          stage.attempt(who, `done with ${name}`, isForced, () => queue.taskDone()),
        ),
      shutdown: ([, index, isImmediate]) =>
        this.#pick(index, (queue) => queue.shutdown(isImmediate)),
      lookQueue: ([, index], who) =>
        this.#pick(index, (queue, name) =>
          stage.log(who, `look ${name}`, queue.qsize(), queue.empty(), queue.full()),
        ),
    }
  }

  #find(index: number): readonly [queue: Queue<Item>, name: string] | null {
    const place = this.#stage.choose(this.#queues, index)
    const queue = this.#queues[place]
    return queue === undefined ? null : [queue, `queue ${place}`]
  }

  #pick(index: number, use: (queue: Queue<Item>, name: string) => void): void {
    const found = this.#find(index)
    if (found !== null) use(...found)
  }

  *#put(index: number, item: Item, { who, style }: Activation): Flowing {
    const found = this.#find(index)
    if (found === null) return null
    yield* wait(found[0].put(item), style)
    this.#stage.log(who, `put into ${found[1]}`, item[1])
    return null
  }

  *#take(index: number, { who, style }: Activation): Flowing {
    const found = this.#find(index)
    if (found === null) return null
    const item = yield* wait(found[0].get(), style)
    this.#stage.log(who, `took from ${found[1]}`, say(item))
    return null
  }

  *#join(index: number, { who, style }: Activation): Flowing {
    const found = this.#find(index)
    if (found === null) return null
    yield* wait(found[0].join(), style)
    this.#stage.log(who, `joined ${found[1]}`)
    return null
  }
}

function makeQueue(kind: QueueKind, maxsize: number): Queue<Item> {
  if (kind === 'fifo') return new Queue(maxsize)
  if (kind === 'lifo') return new LifoQueue(maxsize)
  if (kind === 'priority') return new PriorityQueue(maxsize)
  // Items of equal rank are equal: in which order they come is the heap's.
  return new PriorityQueue(maxsize, { compare: (a: Item, b: Item) => a[0] - b[0] })
}
