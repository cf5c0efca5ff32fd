// `npm start [-- URL...]`: the gallery, from the sources.
import { runNode, sourceFlags } from './lib/run.mjs'

process.exitCode = await runNode([
  ...sourceFlags,
  'examples/gallery/src/main.ts',
  ...process.argv.slice(2),
])
