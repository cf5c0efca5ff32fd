import type { EventLoop, Suspension } from 'hocket'
import { runVirtual } from '../support/loop.ts'

/** How something is awaited: by a program of async functions, and by one of generators. */
export const spellings = [
  [
    'await',
    <T>(call: () => PromiseLike<T>, loop?: EventLoop): Promise<T> =>
      runVirtual(async () => await call(), loop),
  ],
  [
    'yield*',
    <T>(call: () => PromiseLike<T>, loop?: EventLoop): Promise<T> =>
      runVirtual(function* () {
        return yield* call() as unknown as Iterable<Suspension, T, unknown>
      }, loop),
  ],
] as const
