import type { Suspension } from 'hocket'

/** What a generator of ours that awaits is. */
// biome-ignore lint/suspicious/noExplicitAny: `yield*` sends whatever the awaited thing gives
export type Steps<T> = Generator<Suspension, T, any>
