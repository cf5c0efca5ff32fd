import type { Replies, Requests, Setup } from '../wire/messages.ts'

/** What a worker's process or thread came to. */
export interface Death {
  /** Told in the error: `exit code 7`, `signal SIGKILL`. */
  readonly text: string
  readonly cause?: unknown
}

/** One worker, as the pool talks to it. */
export interface Link {
  /** The slots, shared with the worker where `isShared`. */
  readonly slots: Int32Array
  readonly isShared: boolean
  /** @throws if something in the message can't travel */
  post(message: Requests, transferList: readonly object[]): void
  /** For a synchronous call that looks whether it is to end. */
  setInterrupted(slot: number, isInterrupted: boolean): void
  /** Whether the call in that slot, the `number`th that was given, is known to have begun. */
  hasBegun(slot: number, number: number): boolean
  /** Nothing more will be sent: the worker ends when it has ended its calls. */
  close(): void
  /** Ends the worker at once. */
  kill(): void
  /** What has come, without waiting; undefined where that is not possible, or nothing has. */
  receiveSync(): Replies | undefined
  onMessage: (message: Replies) => void
  /** Called once, after the last message. */
  onDeath: (death: Death) => void
  /** The id of the process or the thread. */
  readonly id: number
}

export interface LinkOptions {
  readonly setup: Setup
  readonly env: Record<string, string | undefined> | undefined
  readonly resourceLimits: ResourceLimits | undefined
  /** Goes up with each message from a worker; for who blocks on it. */
  readonly signal: Int32Array
}

/** Bounds of a worker's memory, in MB, as `node:worker_threads` has them. */
export interface ResourceLimits {
  readonly maxOldGenerationSizeMb?: number
  readonly maxYoungGenerationSizeMb?: number
  readonly codeRangeSizeMb?: number
  readonly stackSizeMb?: number
}
