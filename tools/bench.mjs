// `npm run bench -- NAME [--json]`: builds, then measures what was built.
import { runBenchmarks } from './lib/run-benchmarks.mjs'

process.exitCode = await runBenchmarks(process.argv.slice(2))
