/** `ranked` is a priority queue in which items of the same rank are equal. */
export type QueueKind = 'fifo' | 'lifo' | 'priority' | 'ranked'

export interface QueueObjects {
  readonly queues?: readonly (readonly [QueueKind, maxsize: number])[]
}

/** An item is its rank and a label. */
export type QueueFlow =
  | readonly ['put', index: number, rank: number, label: number]
  | readonly ['take', number]
  | readonly ['joinQueue', number]

/** Where the last is true, a misuse throws; else it is a line of the trace. */
export type QueueStep =
  | readonly ['putNowait', index: number, rank: number, label: number, boolean]
  | readonly ['takeNowait', number, boolean]
  | readonly ['taskDone', number, boolean]
  | readonly ['shutdown', number, isImmediate: boolean]
  | readonly ['lookQueue', number]
