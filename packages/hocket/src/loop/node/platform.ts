import type { Host, StrandStorage } from '../host.ts'
import { nodeStrands } from './async-scope.ts'
import { NodeHost } from './node-host.ts'

/** What `#platform` is on Node. */
export const platformStrands: StrandStorage | null = nodeStrands

export function createHost(): Host {
  return new NodeHost()
}

/** Calls `callback` when the process is about to end. */
export function onExit(callback: () => void): void {
  process.once('exit', callback)
}
