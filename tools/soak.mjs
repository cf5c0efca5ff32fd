// `npm run soak -- primitives [--ops N]`: builds, then works each primitive of what was built until a
// leak would show. `npm run soak -- executors [--seconds N]`: loads executors while their workers die.
// `npm run soak -- download [--kills N]`: kills a downloader at any moment, and lets it go on.
import { runBenchmarks } from './lib/run-benchmarks.mjs'

process.exitCode = await runBenchmarks(['--soak', ...process.argv.slice(2)])
