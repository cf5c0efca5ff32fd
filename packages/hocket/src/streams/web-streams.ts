import { callBody } from '../coroutine/call-body.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import type { Suspension } from '../future/suspension.ts'
import { describe } from '../loop/checks.ts'
import { getEventLoop } from '../loop/default-loop.ts'
import type { TaskSource } from '../task/create-task.ts'
import type { Task } from '../task/task.ts'
import { toBytes } from './bytes.ts'
import { StreamReader } from './stream-reader.ts'
import { StreamReaderProtocol } from './stream-reader-protocol.ts'
import { StreamWriter } from './stream-writer.ts'
import { type ByteReadable, type ByteWritable, WebTransport } from './web-transport.ts'

const READ_SIZE = 65_536

/**
 * A StreamReader and a StreamWriter over web streams: the two sides of a connection, or the
 * `readable` alone (the body of a `fetch`). They are locked from then on.
 *
 * Flow control works both ways: nothing is pulled while the reader is full, and `drain()` waits for the
 * sink. `close()` cancels the readable and closes the writable; `waitClosed()` waits until the sink has
 * taken everything. An error of either stream is what reads and `drain()` throw. On a virtual clock,
 * time stands still while a coroutine waits for one of them. Over a `readable` alone, the connection
 * closes at its end, and writing is a TypeError.
 *
 * @throws {@link TypeError} if a stream is locked
 *
 * @example
 * ```ts
 * const first = await run(async () => {
 *   const [reader, writer] = openStreams({ readable: new Blob(['one\ntwo\n']).stream() })
 *   await using _ = writer
 *   return new TextDecoder().decode(await reader.readline())
 * })
 * first // => 'one\n'
 * ```
 */
export function openStreams(
  streams: { readable: ByteReadable; writable?: ByteWritable | null },
  options: { limit?: number } = {},
): [StreamReader, StreamWriter] {
  const loop = getEventLoop()
  const { limit } = options
  const reader = new StreamReader(limit === undefined ? { loop } : { loop, limit })
  const protocol = new StreamReaderProtocol(reader, { loop })
  const transport = new WebTransport(loop, protocol, streams.readable, streams.writable ?? null)
  protocol.connectionMade(transport)
  transport.start()
  return [reader, new StreamWriter(transport, protocol, reader)]
}

/** What gives chunks: an async iterable, also one whose `next()` gives coroutines. */
export interface ChunkSource {
  [Symbol.asyncIterator](): {
    next(): PromiseLike<{ done?: boolean | undefined; value?: unknown }>
    return?(): PromiseLike<unknown>
  }
}

/**
 * A ReadableStream of what `source` gives: a StreamReader's bytes as they come, or the chunks of an
 * async iterable (bytes, or strings as UTF-8). A body for `Response` and `fetch`.
 *
 * Each pull is a task of the current loop. Nothing is read ahead; cancelling the stream cancels the
 * read that is under way, and calls the iterator's `return()`.
 *
 * @example
 * ```ts
 * const text = await run(async () => {
 *   const body = readableStreamOf(
 *     (async function* () {
 *       yield 'Hello, '
 *       await sleep(1)
 *       yield 'world'
 *     })(),
 *   )
 *   return await new Response(body).text()
 * })
 * text // => 'Hello, world'
 * ```
 */
export function readableStreamOf(source: StreamReader | ChunkSource): ReadableStream<Uint8Array> {
  const loop = getEventLoop()
  const chunks = source instanceof StreamReader ? readChunks(source) : iterateChunks(source)
  let reading: Task<Uint8Array | null> | null = null
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reading = loop.createTask(chunks.next())
        const chunk = await promiseOf(reading)
        reading = null
        if (chunk === null) controller.close()
        else controller.enqueue(chunk)
      },
      async cancel(reason) {
        reading?.cancel(reason)
        await promiseOf(loop.createTask(chunks.end()))
      },
    },
    { highWaterMark: 0 },
  )
}

/**
 * A WritableStream that writes to `writer`: each write drains, so that `pipeTo` goes at the pace of the
 * connection. Closing it sends an end of file, and leaves the connection open for reading; where that
 * can't be, it closes the connection. Aborting it aborts the connection.
 *
 * @example
 * ```ts
 * const received = await run(async () => {
 *   const [[, writer], [reader]] = memoryStreamPair()
 *   createTask(() => abortable(() => new Blob(['data']).stream().pipeTo(writableStreamOf(writer))))
 *   return new TextDecoder().decode(await reader.read())
 * })
 * received // => 'data'
 * ```
 */
export function writableStreamOf(writer: StreamWriter): WritableStream<Uint8Array | string> {
  const loop = getEventLoop()
  return new WritableStream<Uint8Array | string>({
    async write(chunk) {
      writer.write(chunk)
      await promiseOf(loop.createTask(writer.drain()))
    },
    async close() {
      if (writer.canWriteEof()) {
        writer.writeEof()
      } else {
        writer.close()
        await promiseOf(loop.createTask(writer.waitClosed()))
      }
    },
    abort() {
      writer.transport.abort()
    },
  })
}

interface Chunks {
  next(): TaskSource<Uint8Array | null>
  end(): TaskSource<void>
}

type Step<T> = Generator<Suspension, T, unknown>

function readChunks(reader: StreamReader): Chunks {
  return {
    next: coroutine(function* readChunk(): Step<Uint8Array | null> {
      const data = yield* reader.read(READ_SIZE)
      return data.length === 0 ? null : data
    }),
    end: coroutine(function* endChunks(): Step<void> {}),
  }
}

function iterateChunks(source: ChunkSource): Chunks {
  if (typeof source?.[Symbol.asyncIterator] !== 'function') {
    throw new TypeError(
      `readableStreamOf expected a StreamReader or an async iterable, got ${describe(source)}`,
    )
  }
  const iterator = source[Symbol.asyncIterator]()
  return {
    next: coroutine(function* nextChunk(): Step<Uint8Array | null> {
      for (;;) {
        const { done, value } = yield* callBody(() => iterator.next(), 'next')
        if (done === true) return null
        const bytes = toBytes(value as string, 'readableStreamOf')
        // An empty chunk would be no chunk to the stream.
        if (bytes.length > 0) return bytes
      }
    }),
    end: coroutine(function* endChunks(): Step<void> {
      yield* callBody(() => iterator.return?.(), 'return')
    }),
  }
}

/** Not by `then`: the stream may be used by a task, and this is none of its awaits. */
function promiseOf<T>(task: Task<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    task.addDoneCallback(() => {
      try {
        resolve(task.result())
      } catch (error) {
        reject(error)
      }
    })
  })
}
