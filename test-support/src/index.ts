// What the tests of several packages need. Nothing of it is published.
export { elsewhere, localhost } from './certificates.ts'
export { makeFolder, namesIn } from './folder.ts'
export { closedOrigin, serve, site } from './serve.ts'
export { type StartedProgram, type StartOptions, startProgram } from './start-program.ts'
