import { types } from 'node:util'
import type { MessagePort, Transferable } from 'node:worker_threads'

/**
 * Posts to another thread.
 *
 * @throws if something in the message can't be cloned, or was handed over before. On Node 20 the port
 * itself does not tell the latter: the other side could not read the message, and would never answer
 */
export function postTo(port: MessagePort, message: unknown, transferList: readonly object[]): void {
  // It iterates over whatever it is given as a list, which takes a µs also for none.
  if (transferList.length === 0) {
    port.postMessage(message)
    return
  }
  checkAttached(transferList)
  port.postMessage(message, transferList as readonly Transferable[])
}

function checkAttached(transferList: readonly object[]): void {
  for (const each of transferList) {
    if (types.isArrayBuffer(each) && isDetached(each)) {
      throw new TypeError('an ArrayBuffer in the transfer list was handed over before')
    }
  }
}

/** `detached` itself is not on Node 20. */
export function isDetached(buffer: ArrayBufferLike): boolean {
  if (buffer.byteLength > 0 || types.isSharedArrayBuffer(buffer)) return false
  try {
    new Uint8Array(buffer)
    return false
  } catch {
    return true
  }
}
