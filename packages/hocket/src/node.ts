/**
 * What only Node has: the host that `run()` uses there by itself.
 *
 * @module
 */
export { NodeHost } from './loop/node/node-host.ts'
