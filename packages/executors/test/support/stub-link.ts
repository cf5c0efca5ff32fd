import { MessageChannel } from 'node:worker_threads'
import { BrokenThreadPool } from '../../src/errors/errors.ts'
import type { Death, Link, LinkOptions } from '../../src/pool/link.ts'
import type { PoolOptions } from '../../src/pool/options.ts'
import { Pool } from '../../src/pool/pool.ts'
import {
  FIRST_CALL,
  FIRST_SLOT,
  OFFERED,
  type Replies,
  type Requests,
  SLOTS,
} from '../../src/wire/messages.ts'
import { postTo } from '../../src/wire/post.ts'

/** A worker that does nothing of its own: the test says what it answers, and when it dies. */
export class StubLink implements Link {
  readonly slots: Int32Array = new Int32Array(FIRST_SLOT + SLOTS)
  readonly isShared: boolean = true
  readonly id = 0
  readonly posted: Requests[] = []
  readonly lists: (readonly object[])[] = []
  isKilled = false
  onMessage: (message: Replies) => void = () => {}
  onDeath: (death: Death) => void = () => {}

  post(message: Requests, transferList: readonly object[]): void {
    const { port1 } = new MessageChannel()
    postTo(port1, message, transferList)
    port1.close()
    this.posted.push(message)
    this.lists.push([...transferList])
  }

  ready(): void {
    this.onMessage([null, ['ready']])
  }

  /** The calls that it was sent: slot, function, arguments, kind of each. */
  get calls(): unknown[] {
    return this.posted.flatMap((message) => message.slice(FIRST_CALL))
  }

  die(): void {
    this.onDeath({ text: 'the test ended it' })
  }

  hasBegun(slot: number, _number?: number): boolean {
    return Atomics.load(this.slots, FIRST_SLOT + slot) !== OFFERED
  }

  setInterrupted(): void {}
  close(): void {}
  kill(): void {
    this.isKilled = true
  }
  receiveSync(): undefined {}
}

/** One without shared memory: the test says how many calls have noted that they begin. */
export class StubProcess extends StubLink {
  override readonly isShared = false
  begun = 0

  override hasBegun(_slot: number, number = 0): boolean {
    return number <= this.begun
  }
}

/** A pool of such workers, and those that it has started. */
export function stubPool(
  options: Partial<PoolOptions> = {},
  open: (link: LinkOptions) => Link = () => new StubLink(),
): { pool: Pool; links: StubLink[] } {
  const links: StubLink[] = []
  const pool = new Pool({
    maxWorkers: 1,
    namePrefix: 'stub',
    initializer: null,
    initargs: [],
    maxTasksPerWorker: Infinity,
    callsAtOnce: 1,
    prefetch: true,
    maxQueue: Infinity,
    graceMs: 1_000,
    env: undefined,
    resourceLimits: undefined,
    kind: 'thread',
    broken: BrokenThreadPool,
    ...options,
    open: (link) => {
      const opened = open(link)
      links.push(opened as StubLink)
      return opened
    },
  })
  return { pool, links }
}
