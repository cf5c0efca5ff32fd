import type { EventLoop, Task } from 'hocket'
import { ChunkBridge } from './chunk-bridge.ts'
import type { RequestBody } from './request-body.ts'

/** Where the chunks of a body come from. */
export type ChunkSource = AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>

/** What a stream is made with, besides its chunks. */
export interface StreamBodyOptions {
  contentType: string | null
  length: number | null
  encoding?: string | null
  /** `open` may be called again: the source can be iterated as often as one likes. */
  isReplayable?: boolean
}

/**
 * Chunks that come one after another. They are asked for by a task of the request's loop, so that
 * what makes them may await whatever it likes, and only as fast as the connection takes them. When
 * the request ends early, that task is cancelled.
 */
export class StreamBody implements RequestBody {
  readonly contentType: string | null
  readonly length: number | null
  readonly encoding: string | null
  readonly isReplayable: boolean
  isUsed = false
  failure: unknown = undefined
  readonly source: ChunkSource
  #task: Task<void> | null = null

  constructor(source: ChunkSource, options: StreamBodyOptions) {
    this.source = source
    this.contentType = options.contentType
    this.length = options.length
    this.encoding = options.encoding ?? null
    this.isReplayable = options.isReplayable ?? false
  }

  open(loop: EventLoop): AsyncIterable<Uint8Array> {
    if (this.isUsed && !this.isReplayable) {
      throw new TypeError(
        'expected a body that can be sent again, got a stream that has been sent: give bytes',
      )
    }
    this.isUsed = true
    this.failure = undefined
    const bridge = new ChunkBridge(loop)
    const task = loop.createTask(() => this.#pump(bridge), { name: 'the body of a request' })
    // A failure is thrown by the request; what is left of it here is nobody's.
    task.addDoneCallback((ended) => {
      if (ended.cancelled()) bridge.fail(new Error('the body of the request was given up'))
      else ended.exception()
    })
    this.#task = task
    return bridge
  }

  close(): void {
    const task = this.#task
    this.#task = null
    if (task !== null && !task.done() && !task.getLoop().isClosed()) task.cancel()
  }

  async #pump(bridge: ChunkBridge): Promise<void> {
    try {
      for await (const chunk of this.source) {
        const bytes = toBytes(chunk)
        if (bytes.length === 0) continue
        await demand(bridge)
        if (bridge.isLeft) return
        bridge.put(bytes)
      }
      await demand(bridge)
      bridge.end()
    } catch (error) {
      this.failure = error
      bridge.fail(error)
      throw error
    }
  }
}

async function demand(bridge: ChunkBridge): Promise<void> {
  const waiter = bridge.waitForDemand()
  if (waiter !== null) await waiter
}

function toBytes(chunk: unknown): Uint8Array {
  if (typeof chunk === 'string') return Buffer.from(chunk)
  if (chunk instanceof Uint8Array) return chunk
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk)
  if (ArrayBuffer.isView(chunk)) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
  }
  throw new TypeError(
    `a body expected chunks of bytes or text, got ${chunk === null ? 'null' : typeof chunk}`,
  )
}
