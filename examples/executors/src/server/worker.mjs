// A worker thread can't be started from a .ts file on Node 20, with tsx neither: this one is plain,
// asks tsx to load TypeScript from here on, and goes on in TypeScript.
import { register } from 'tsx/esm/api'

register()
await import('./worker.ts')
