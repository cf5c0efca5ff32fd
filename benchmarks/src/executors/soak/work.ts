import { coroutine, sleep } from 'hocket'

// What the workers of the soak are asked to do.

export function number(n: number): number {
  return n
}

/** Blocks the worker. */
export function block(ms: number): number {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)), 0, 0, ms)
  return ms
}

/** Leaves the worker free for others. */
export const wait = coroutine(async (ms: number) => await sleep(ms, ms))

export function bytes(data: Uint8Array): number {
  return data.length
}

export function length(buffer: ArrayBuffer): number {
  return buffer.byteLength
}

export function fail(n: number): never {
  throw new RangeError(`failed as asked: ${n}`)
}

/** Gives what cannot travel: a function, or an object that has one. */
export function notCloneable(n: number): unknown {
  return n % 2 === 0 ? () => {} : { onDone: () => {} }
}

export type Fault = 'exit' | 'error' | 'rejection' | 'memory'

/** Ends the worker in an ugly way; the call itself never comes to its end. */
export async function die(fault: Fault): Promise<void> {
  if (fault === 'exit') process.exit(7)
  if (fault === 'error') {
    setImmediate(() => {
      throw new Error('uncaught, as asked')
    })
  }
  if (fault === 'rejection') void Promise.reject(new Error('unhandled, as asked'))
  if (fault === 'memory') {
    const hoard: number[][] = []
    for (;;) hoard.push(new Array(10_000).fill(hoard.length))
  }
  await new Promise(() => {})
}

/** Never gives way and never ends. */
export function spin(): never {
  for (;;);
}
