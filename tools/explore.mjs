// `npm run explore [-- FILTER] [--schedules N] [--cancels N] [--seed N]`: the primitives under thousands of
// schedules, with a cancellation at every suspension point, then primitives that are broken on
// purpose. What runs is bundled first: the loader that runs TypeScript makes it several times slower.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'
import { root } from './lib/root.mjs'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    schedules: { type: 'string', default: '10000' },
    cancels: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'hocket-explore-'))
try {
  const outfile = join(folder, 'explore.mjs')
  await build({
    absWorkingDir: root,
    entryPoints: ['packages/hocket/test/explore/run.ts'],
    outfile,
    bundle: true,
    conditions: ['@hocket/source'],
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  })
  const { exploreAll } = await import(pathToFileURL(outfile).href)
  const effort = {
    schedules: Number(values.schedules),
    cancels: Number(values.cancels),
    seed: Number(values.seed),
  }
  const violations = await exploreAll(effort, positionals.join(' '), (line) => console.log(line))
  process.exitCode = violations > 0 ? 1 : 0
} finally {
  rmSync(folder, { recursive: true, force: true })
}
