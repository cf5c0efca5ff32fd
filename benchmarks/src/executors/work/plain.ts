// What is called in the workers of every pool. It must not import anything.

export interface Pair {
  readonly a: number
  readonly b: number
}

export function add({ a, b }: Pair): number {
  return a + b
}

export function fib(n: number): number {
  return n < 2 ? n : fib(n - 1) + fib(n - 2)
}

/** Shows that it was here. */
export function mark(buffer: ArrayBuffer): ArrayBuffer {
  const bytes = new Uint8Array(buffer)
  bytes[0] = (bytes[0] ?? 0) + 1
  return buffer
}
