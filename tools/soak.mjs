// `npm run soak -- primitives [--ops N]`: builds, then works each primitive of what was built until a
// leak would show. `npm run soak -- executors [--seconds N]`: loads executors while their workers die.
import { runBenchmarks } from './lib/run-benchmarks.mjs'

process.exitCode = await runBenchmarks(['--soak', ...process.argv.slice(2)])
