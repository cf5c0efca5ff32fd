import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads'

/** How long it waits between two calls of `whileWaiting`, in ms. */
const SLICE_MS = 20

export interface SyncGetOptions {
  readonly headers?: Readonly<Record<string, string>>
  /** The most that the whole request may take, in ms; 30 seconds when left out. */
  readonly timeout?: number
  /** The most bytes that the body may have; 64 MiB when left out. */
  readonly maxBytes?: number
  /** Called every 20 ms while the thread is blocked. What it throws ends the request. */
  readonly whileWaiting?: () => void
}

/** A response with its whole body. */
export interface SyncResponse {
  readonly status: number
  readonly statusText: string
  /** Where the body came from, after redirects. */
  readonly url: string
  readonly headers: ReadonlyMap<string, string>
  readonly body: Uint8Array<ArrayBuffer>
}

/** No response came. A status of 404 is one. */
export class SyncGetError extends Error {
  override readonly name = 'SyncGetError'
  /** As Node and undici name what went wrong, `'ECONNREFUSED'`; `'TIMEOUT'` of ours. */
  readonly code: string

  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}

type Failure = { readonly message: string; readonly code?: string }

type Reply = { readonly id: number } & (
  | { readonly failure: Failure }
  | (Omit<SyncResponse, 'headers'> & { readonly headers: [string, string][] })
)

/**
 * Does a GET request and blocks the thread until the whole body is there: what `requests.get` is in
 * Python. It is for worker threads; on the thread of an event loop everything else stands still.
 *
 * Node has no blocking sockets. Each thread that calls this gets a second one, which does the
 * requests while the first one sleeps. Redirects are followed, and compressed bodies inflated.
 *
 * @throws {@link SyncGetError} if no response comes, or too late, or its body is too long
 */
export function syncGet(url: string | URL, options: SyncGetOptions = {}): SyncResponse {
  thread ??= new HttpThread()
  return thread.get(String(url), options)
}

let thread: HttpThread | undefined

/** The other side: a thread that does requests, and how to sleep until one of them has ended. */
class HttpThread {
  readonly #bell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  readonly #port
  #requests = 0

  constructor() {
    const { port1, port2 } = new MessageChannel()
    const worker = new Worker(new URL('./http-thread.mjs', import.meta.url), {
      workerData: { port: port2, bell: this.#bell },
      transferList: [port2],
      // It runs plain JavaScript, whatever this program is run by.
      execArgv: [],
    })
    // Neither keeps the thread that they serve alive.
    worker.unref()
    port1.unref()
    this.#port = port1
  }

  get(url: string, options: SyncGetOptions): SyncResponse {
    const { headers = {}, timeout = 30_000, maxBytes = 64 * 1024 * 1024, whileWaiting } = options
    const id = ++this.#requests
    const deadline = performance.now() + timeout
    this.#port.postMessage({ id, url, headers, maxBytes })
    try {
      return this.#wait(id, url, deadline, whileWaiting)
    } catch (error) {
      // It may have ended by itself, then nobody listens.
      this.#port.postMessage({ id, abort: true })
      throw error
    }
  }

  #wait(id: number, url: string, deadline: number, whileWaiting?: () => void): SyncResponse {
    for (;;) {
      // Read before the port is looked at: a bell that rings from here on ends the sleep at once.
      const rung = Atomics.load(this.#bell, 0)
      const reply = this.#take(id)
      if (reply !== null) return responseOf(reply, url)
      const left = deadline - performance.now()
      if (left <= 0) throw new SyncGetError(`GET ${url}: no response in time`, 'TIMEOUT')
      whileWaiting?.()
      Atomics.wait(
        this.#bell,
        0,
        rung,
        whileWaiting === undefined ? left : Math.min(left, SLICE_MS),
      )
    }
  }

  /** The reply, if it is there. Those of requests that were given up are thrown away. */
  #take(id: number): Reply | null {
    for (;;) {
      const received = receiveMessageOnPort(this.#port)
      if (received === undefined) return null
      const reply = received.message as Reply
      if (reply.id === id) return reply
    }
  }
}

function responseOf(reply: Reply, url: string): SyncResponse {
  if ('failure' in reply) {
    const { message, code = 'FAILED' } = reply.failure
    throw new SyncGetError(`GET ${url}: ${message}`, code)
  }
  const { status, statusText, headers, body } = reply
  return { status, statusText, url: reply.url, headers: new Map(headers), body }
}
