/** The way back to the pool. */
export interface Line {
  /** @throws if something in it can't travel */
  post(message: unknown, transferList: readonly object[]): void
  /** What was posted has left this process: the pool will get it whatever happens here. */
  isSent(): boolean
  /** Whether the call in that slot is to end. */
  isInterrupted(slot: number): boolean
  /**
   * So many calls have begun, for the pool to find when this process is gone; null where it sees that
   * by itself.
   */
  readonly noteBegun: ((count: number) => void) | null
  /** Blocks until an order comes, at most `timeout` ms; null where that can't be done. */
  readonly receiveSync: ((timeout: number) => unknown) | null
  /** Nothing more will come: ends this worker. */
  close(): void
}
