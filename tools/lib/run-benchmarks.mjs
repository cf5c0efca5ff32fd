import { bin, captureNode, runNode } from './run.mjs'

/**
 * Builds, then runs the built benchmarks with `args`; gives the exit code. What is measured never goes
 * through a loader: it would rewrite the code.
 */
export async function runBenchmarks(args) {
  for (const command of [[bin('typescript', 'tsc'), '-b', 'benchmarks'], ['tools/bundle.mjs']]) {
    const built = await captureNode(command)
    if (built.code === 0) continue
    process.stderr.write(`${built.output}The benchmarks do not build; mend the errors above.\n`)
    return built.code
  }
  return await runNode(['--expose-gc', 'benchmarks/dist/main.js', ...args])
}
