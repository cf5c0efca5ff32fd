// `npm run bench -- NAME [--json]`: builds, then measures what was built. Benchmarks never run
// through a loader: it would rewrite the code that is measured.
import { bin, captureNode, runNode } from './lib/run.mjs'

for (const command of [[bin('typescript', 'tsc'), '-b', 'benchmarks'], ['tools/bundle.mjs']]) {
  const built = await captureNode(command)
  if (built.code === 0) continue
  process.stderr.write(`${built.output}The benchmarks do not build; mend the errors above.\n`)
  process.exit(built.code)
}
process.exitCode = await runNode([
  '--expose-gc',
  'benchmarks/dist/main.js',
  ...process.argv.slice(2),
])
