// `npm run conformance [-- ARG...]`: the pairs against the traces recorded from CPython.
import { runNode, sourceFlags } from './lib/run.mjs'

process.exitCode = await runNode([
  ...sourceFlags,
  'conformance/src/main.ts',
  ...process.argv.slice(2),
])
