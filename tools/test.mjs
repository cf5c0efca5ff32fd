// `npm test [-- FILTER...]`: every project of vitest.config.ts (the packages' tests, the doc
// examples, the conformance pairs), then a line of its own with the counts.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, runNode } from './lib/run.mjs'
import { countTests, summary } from './lib/test-counts.mjs'

const folder = mkdtempSync(join(tmpdir(), 'hocket-test-'))
const report = join(folder, 'report.json')
process.env.HOCKET_TEST_REPORT = report
const code = await runNode([
  bin('vitest'),
  'run',
  '--reporter=default',
  '--reporter=./tools/lib/test-report.mjs',
  ...process.argv.slice(2),
])
const counts = countTests(read(report), code)
rmSync(folder, { recursive: true, force: true })
for (const line of counts.remarks) console.log(line)
console.log(summary(counts))
process.exitCode = counts.failed > 0 ? 1 : 0

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
