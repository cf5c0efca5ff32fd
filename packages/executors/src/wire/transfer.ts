import type { Transferable } from 'node:worker_threads'

const lists = new WeakMap<object, readonly Transferable[]>()
let marked = 0

/**
 * Marks a value so that, when it travels to a worker or back, what `list` names is handed over in
 * place of being copied; here it can't be used after that. The value is given back: it may be an
 * argument, a result, or a part of one. Between processes there is nothing to hand over, and array
 * buffers are copied.
 *
 * @throws {@link TypeError} if `value` is not an object, or `list` not an array
 *
 * @example
 * ```ts
 * const pixels = new Uint8Array(1_000_000)
 * transfer(pixels, [pixels.buffer]) === pixels // => true
 * ```
 */
export function transfer<T extends object>(value: T, list: readonly Transferable[]): T {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
    throw new TypeError(
      `transfer expected an object that has to do with what is handed over, got ${value === null ? 'null' : typeof value}`,
    )
  }
  if (!Array.isArray(list)) {
    throw new TypeError('transfer expected an array: transfer(value, [value.buffer])')
  }
  lists.set(value, list as readonly Transferable[])
  marked++
  return value
}

/** What is to be handed over with this very object. */
export function transferListOf(value: object): readonly Transferable[] | undefined {
  // Most programs never mark anything, and a look into the map costs more than the rest of a check.
  return marked === 0 ? undefined : lists.get(value)
}

/** A mark is for one journey. */
export function forgetTransfer(value: object): void {
  lists.delete(value)
}
