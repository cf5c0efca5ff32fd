/**
 * Tools to test programs that run on Hocket.
 *
 * @module
 */
export { VirtualHost } from './virtual-host.ts'
