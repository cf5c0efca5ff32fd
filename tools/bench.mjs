// `npm run bench -- NAME [--json]`: builds, then measures what was built. Benchmarks never run
// through a loader: it would rewrite the code that is measured.
import { bin, captureNode, runNode } from './lib/run.mjs'

const built = await captureNode([bin('typescript', 'tsc'), '-b', 'benchmarks'])
if (built.code !== 0) {
  process.stderr.write(`${built.output}The benchmarks do not build; mend the errors above.\n`)
  process.exit(built.code)
}
process.exitCode = await runNode([
  '--expose-gc',
  'benchmarks/dist/main.js',
  ...process.argv.slice(2),
])
