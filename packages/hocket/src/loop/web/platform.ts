import type { Host, StrandStorage } from '../host.ts'
import { WebHost } from './web-host.ts'

/** What `#platform` is in browsers and everywhere else. */
export const platformStrands: StrandStorage | null = null

export function createHost(): Host {
  return new WebHost()
}

/** Nothing tells a page reliably that it ends. */
export function onExit(_callback: () => void): void {}
