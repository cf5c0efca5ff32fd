// `npm start [-- URL...]`: the gallery, from the sources.
import { runNode, sourceFlags } from './lib/run.mjs'

const args = [...sourceFlags, 'examples/gallery/src/main.ts', ...process.argv.slice(2)]
process.exitCode = await runNode(args, { exact: true })
