import { sleep } from '../combine/sleep.ts'
import type { Coroutine } from '../coroutine/coroutine.ts'
import { coroutine } from '../coroutine/coroutine-function.ts'
import type { Suspension } from '../future/suspension.ts'
import { showAsText } from '../loop/checks.ts'
import { toBytes } from './bytes.ts'
import type { StreamReader } from './stream-reader.ts'
import type { StreamReaderProtocol } from './stream-reader-protocol.ts'
import type { Transport } from './transport.ts'

/**
 * The writing end of a connection. asyncio.StreamWriter, CPython 3.13.
 *
 * `write` never waits: follow it by `await writer.drain()`, which does when the other end is slow.
 * `await using` closes the connection and waits for its end.
 *
 * @example
 * ```ts
 * const echoed = await run(async () => {
 *   const [[reader, writer], [peerReader, peerWriter]] = memoryStreamPair()
 *   createTask(async () => {
 *     for await (const line of peerReader) peerWriter.write(line)
 *     peerWriter.close()
 *   })
 *   writer.write('hello\n')
 *   await writer.drain()
 *   writer.writeEof()
 *   return new TextDecoder().decode(await reader.read())
 * })
 * echoed // => 'hello\n'
 * ```
 */
export class StreamWriter {
  readonly #transport: Transport
  readonly #protocol: StreamReaderProtocol
  readonly #reader: StreamReader | null

  /** `drain()` throws what `reader` has failed with. For builders of connections. */
  constructor(
    transport: Transport,
    protocol: StreamReaderProtocol,
    reader: StreamReader | null = null,
  ) {
    this.#transport = transport
    this.#protocol = protocol
    this.#reader = reader
  }

  get transport(): Transport {
    return this.#transport
  }

  /**
   * Sends bytes, or a string as UTF-8, at once or when the other end takes more. The array may be
   * used again afterwards. Once the connection is lost, what is written is dropped, and `drain()`
   * throws.
   *
   * @throws {@link RuntimeError} after `writeEof()`
   * @throws {@link TypeError} if it is neither
   */
  write(data: Uint8Array | string): void {
    this.#transport.write(toBytes(data, 'write'))
  }

  /** Writes all of `list`, as one piece where the transport can. */
  writelines(list: Iterable<Uint8Array | string>): void {
    this.#transport.writelines(Array.from(list, (data) => toBytes(data, 'writelines')))
  }

  /**
   * Waits while the buffer of the transport is above its high-water mark (64 KiB), until it is down
   * to the low one; otherwise it does not suspend. Several coroutines may drain at once; they go on
   * in the order of their calls. A cancellation drops nothing of what was written.
   *
   * @throws {@link ConnectionResetError} if the connection is lost
   * @throws the exception of the reader, if it has one
   */
  drain(): Coroutine<void> {
    return drain(this.#transport, this.#protocol, this.#reader)
  }

  canWriteEof(): boolean {
    return this.#transport.canWriteEof()
  }

  /** Closes the writing side when everything is sent; the reader goes on. */
  writeEof(): void {
    this.#transport.writeEof()
  }

  /** Sends what is buffered, then closes the connection. Reads no more. Follow it by `waitClosed()`. */
  close(): void {
    this.#transport.close()
  }

  isClosing(): boolean {
    return this.#transport.isClosing()
  }

  /**
   * Waits until the connection is closed. A cancellation ends the waiting only.
   *
   * @throws what the connection was lost by
   */
  waitClosed(): Coroutine<void> {
    return waitClosed(this.#transport, this.#protocol)
  }

  /** What the transport knows: `'peername'`, `'sockname'`, `'socket'` …; `fallback` where it does not. */
  getExtraInfo(name: string): unknown
  getExtraInfo<D>(name: string, fallback: D): unknown
  getExtraInfo(name: string, fallback?: unknown): unknown {
    return this.#transport.getExtraInfo(name) ?? fallback
  }

  /**
   * Closes the connection and waits for its end.
   *
   * @throws what the connection was lost by
   */
  [Symbol.asyncDispose](): Coroutine<void> {
    this.close()
    return this.waitClosed()
  }

  toString(): string {
    const reader = this.#reader === null ? '' : ` reader=${this.#reader}`
    return `<StreamWriter transport=${this.#transport}${reader}>`
  }
}

showAsText(StreamWriter)

const drain = coroutine(function* drain(
  transport: Transport,
  protocol: StreamReaderProtocol,
  reader: StreamReader | null,
): Generator<Suspension, void, unknown> {
  const exception = reader?.exception() ?? null
  if (exception !== null) throw exception as Error
  // Who writes and drains in a loop would never see that the connection is lost, if this did not let
  // the loop tell it.
  if (transport.isClosing()) yield* sleep(0)
  yield* protocol._drain(transport)
})

const waitClosed = coroutine(function* waitClosed(
  transport: Transport,
  protocol: StreamReaderProtocol,
): Generator<Suspension, void, unknown> {
  yield* protocol._waitClosed(transport)
})
