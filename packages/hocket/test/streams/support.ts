import type { Suspension, TaskSource } from 'hocket'

type Call<T> = () => PromiseLike<T> & Iterable<Suspension, T, unknown>

/** One call as the body of a task, awaited in either spelling. */
export const spellings: [string, <T>(call: Call<T>) => TaskSource<T>][] = [
  ['await', (call) => async () => await call()],
  [
    'yield*',
    (call) =>
      function* () {
        return yield* call()
      },
  ],
]

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
export const text = (data: Uint8Array): string => new TextDecoder().decode(data)
