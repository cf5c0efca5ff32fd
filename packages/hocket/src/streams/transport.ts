/**
 * What a transport tells of its connection, always from a handle of its loop and in this order:
 * `connectionMade`, any number of `dataReceived`, at most one `eofReceived`, `connectionLost`.
 * asyncio.Protocol, CPython 3.13.
 */
export interface Protocol {
  connectionMade(transport: Transport): void
  /** `data` is the protocol's from now on: the transport does not touch it again. */
  dataReceived(data: Uint8Array): void
  /** The other end will send nothing more. True keeps this end open for writing. */
  eofReceived(): boolean
  /** The last call. null after a `close()` or `abort()` of this end. */
  connectionLost(error: unknown): void
  /** More than the high-water mark is waiting to be sent. */
  pauseWriting(): void
  /** No more than the low-water mark is left. */
  resumeWriting(): void
}

/** How much may wait to be sent, in bytes, before the protocol is told. */
export interface WriteBufferLimits {
  readonly low: number
  readonly high: number
}

/**
 * A connection, as far as streams need it: bytes both ways, flow control, an end. Nothing of it
 * suspends; what happens later is told to the protocol. asyncio.Transport, CPython 3.13.
 */
export interface Transport {
  /**
   * True where bytes come from outside the loop's own world (a socket, a web stream): while
   * somebody waits for them, a virtual clock stands still.
   */
  readonly isExternal?: boolean

  getProtocol(): Protocol
  setProtocol(protocol: Protocol): void
  getExtraInfo(name: string): unknown

  isReading(): boolean
  /** `dataReceived` is not called until `resumeReading()`. A second call does nothing. */
  pauseReading(): void
  resumeReading(): void

  /** Buffers `data`, which the caller may go on using, and sends it when it can. */
  write(data: Uint8Array): void
  writelines(list: Iterable<Uint8Array>): void
  getWriteBufferSize(): number
  getWriteBufferLimits(): WriteBufferLimits
  /**
   * `low` is a quarter of `high` when left out, `high` four times `low`; 64 KiB and 16 KiB without
   * both.
   *
   * @throws {@link RangeError} unless `high >= low` and `low >= 0`
   */
  setWriteBufferLimits(limits?: { high?: number; low?: number }): void
  canWriteEof(): boolean
  /** Sends what is buffered, then an end of file. Reading goes on. */
  writeEof(): void

  isClosing(): boolean
  /** Reads no more, sends what is buffered, then closes. */
  close(): void
  /** Closes at once and drops what is buffered. The other end sees a ConnectionResetError. */
  abort(): void
  toString(): string
}
