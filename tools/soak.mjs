// `npm run soak -- primitives [--ops N]`: builds, then works each primitive of what was built until a
// leak would show.
import { runBenchmarks } from './lib/run-benchmarks.mjs'

process.exitCode = await runBenchmarks(['--soak', ...process.argv.slice(2)])
