import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads'
import { ClientError } from '../errors/client-error.ts'
import type { HelperAnswer, HelperFailure, HelperReply, HelperRequest } from './helper-messages.ts'
import { helperThread } from './helper-thread.ts'

/** How long it sleeps between two calls of `checkCancelled`, in ms. */
const SLICE_MS = 20

/** How long whoever asks will wait. */
export interface Patience {
  /** In ms of `performance.now()`; Infinity for ever. */
  readonly deadline: number
  /** Called every 20 ms. What it throws ends the request. */
  readonly checkCancelled: (() => void) | undefined
}

/** The time was over. */
export const TOO_LATE: unique symbol = Symbol('too late')

let helper: Helper | undefined

/** The helper of this thread: started when it is first needed, and again where it has died. */
export function theHelper(): Helper {
  if (helper === undefined || !helper.isAlive) helper = new Helper()
  return helper
}

/**
 * A second thread that makes the requests of this one while it sleeps: Node has no blocking sockets.
 * Connections are kept there from one request to the next.
 */
class Helper {
  // How often something has come; and whether the thread has ended.
  readonly #bell = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT))
  readonly #port: MessagePort
  #requests = 0

  constructor() {
    const { port1, port2 } = new MessageChannel()
    // A compiler may have wrapped inner functions in this, to keep their names.
    const code = `const __name = (fn) => fn; (${helperThread})(require)`
    const worker = new Worker(code, {
      eval: true,
      workerData: { port: port2, bell: this.#bell },
      transferList: [port2],
      // It runs plain JavaScript, whatever this program is run by.
      execArgv: [],
    })
    worker.on('error', () => {})
    // Neither keeps the thread that they serve alive.
    worker.unref()
    port1.unref()
    this.#port = port1
  }

  get isAlive(): boolean {
    return Atomics.load(this.#bell, 1) === 0
  }

  /** Makes one request, blocking; gives what came of it. */
  exchange(
    asked: Omit<HelperRequest, 'id'>,
    patience: Patience,
  ): HelperAnswer | HelperFailure | typeof TOO_LATE {
    const id = ++this.#requests
    this.#port.postMessage({ ...asked, id } satisfies HelperRequest)
    let reply: HelperReply | typeof TOO_LATE | undefined
    try {
      reply = this.#wait(id, patience)
    } finally {
      if (reply === undefined || reply === TOO_LATE) this.#port.postMessage({ id, abort: true })
    }
    if (reply === TOO_LATE) return reply
    return 'failure' in reply ? reply.failure : reply.answer
  }

  #wait(id: number, { deadline, checkCancelled }: Patience): HelperReply | typeof TOO_LATE {
    for (;;) {
      // Read before the port is looked at: a bell that rings from here on ends the sleep at once.
      const rung = Atomics.load(this.#bell, 0)
      const reply = this.#take(id)
      if (reply !== null) return reply
      if (!this.isAlive) throw new ClientError('the thread that makes the requests has ended')
      const left = deadline - performance.now()
      if (left <= 0) return TOO_LATE
      checkCancelled?.()
      const slice = checkCancelled === undefined ? left : Math.min(left, SLICE_MS)
      Atomics.wait(this.#bell, 0, rung, slice)
    }
  }

  /** The reply, if it is there. Those of requests that were given up are thrown away. */
  #take(id: number): HelperReply | null {
    for (;;) {
      const received = receiveMessageOnPort(this.#port)
      if (received === undefined) return null
      const reply = received.message as HelperReply
      if (reply.id === id) return reply
    }
  }
}
