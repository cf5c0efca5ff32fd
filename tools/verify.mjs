// `npm run verify [-- NAME...]`: every check but the tests, or those named. `--list` prints the names.
import { bin, captureNode, publishedPackages } from './lib/run.mjs'
import { summary } from './lib/test-counts.mjs'

const tsc = bin('typescript', 'tsc')

const checks = {
  lint: () => [
    [bin('@biomejs/biome', 'biome'), 'check', '--error-on-warnings', '--max-diagnostics=200', '.'],
    [bin('oxlint'), '--type-aware', '--deny-warnings', '.'],
    ['tools/rooms.mjs'],
    ['tools/doc-links.mjs'],
  ],
  build: () => [
    ['tools/prune-dist.mjs'],
    [tsc, '-b', ...publishedPackages().map((p) => p.path)],
    ['tools/bundle.mjs'],
  ],
  types: () => [[tsc, '-b']],
  knip: () => [[bin('knip')]],
  packages: () => [['tools/packages.mjs']],
  api: () => [['tools/api.mjs']],
  docs: () => [[bin('vitest'), 'run', '--config', 'vitest.docs.ts', '--passWithNoTests']],
}
// What works on the packages' built files.
const needBuild = ['packages', 'api']

const names = process.argv.slice(2)
if (names[0] === '--list') {
  console.log(Object.keys(checks).join('\n'))
  process.exit()
}
const unknown = names.find((name) => !Object.hasOwn(checks, name))
if (unknown !== undefined) {
  console.error(`There is no check '${unknown}'. There are: ${Object.keys(checks).join(', ')}.`)
  process.exit(2)
}

const counts = { passed: 0, failed: 0 }
const chosen = names.length > 0 ? names : Object.keys(checks)
if (!chosen.includes('build') && chosen.some((name) => needBuild.includes(name))) {
  const failures = await failuresOf('build')
  if (failures.length > 0) report('build', failures, 0)
}
for (const name of chosen) {
  const started = performance.now()
  const failures = await failuresOf(name)
  report(name, failures, performance.now() - started)
}
if (names.length === 0) console.log(summary(counts))
process.exitCode = counts.failed > 0 ? 1 : 0

async function failuresOf(name) {
  const failures = []
  for (const command of checks[name]()) {
    const { code, output } = await captureNode(command)
    if (code !== 0) failures.push(output.trimEnd() || `${command.join(' ')}: exit code ${code}`)
  }
  return failures
}

function report(name, failures, ms) {
  const passed = failures.length === 0
  console.log(`${passed ? 'ok    ' : 'FAILED'}  ${name}  ${(ms / 1000).toFixed(1)} s`)
  for (const failure of failures) console.log(failure.replace(/^/gm, '    '))
  counts[passed ? 'passed' : 'failed']++
}
