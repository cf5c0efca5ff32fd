import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findSuite, suiteNames } from '../suites.ts'
import type { Case, Row } from './case.ts'
import { measurable, measure } from './measure.ts'
import { type Result, reachesBar, resultOf } from './results.ts'
import { table } from './table.ts'

const USAGE = `usage: npm run bench -- SUITE [--json] [--filter TEXT]
  SUITE          ${suiteNames.join(', ')}
  --json         print only an array of {case, unit, hocket, peer, peerName, ratio, bar}
  --filter TEXT  only rows with TEXT in the name of their case or of their rival
`

interface Options {
  suite: string
  json: boolean
  filter: string
}

/** Runs a suite and prints what came out. Exit code 0 whatever the figures are, 2 for bad usage. */
export async function bench(args: string[]): Promise<number> {
  const options = readOptions(args)
  const cases = options === null ? undefined : await findSuite(options.suite)
  if (options === null || cases === undefined) {
    process.stderr.write(USAGE)
    return 2
  }
  // What samples write stays until all is over. A disk takes twenty times as long to make a file where
  // thousands were removed within the last minutes: ext4 steps over every one of those.
  const folder = await mkdtemp(join(tmpdir(), 'hocket-bench-'))
  process.env['TMPDIR'] = folder
  try {
    return await runSuite(options, cases)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function runSuite(options: Options, cases: readonly Case[]): Promise<number> {
  const started = performance.now()
  process.stderr.write(`Suite ${options.suite} on Node ${process.versions.node}\n`)
  const results: Result[] = []
  for (const measured of cases) {
    const wanted = measured.rows.filter((row) => isWanted(measured, row, options.filter))
    const rows = measurable(options.suite, measured, wanted)
    if (rows.length === 0) continue
    const caseStarted = performance.now()
    const figures = await measure(options.suite, measured, rows)
    process.stderr.write(`  ${measured.name}: ${secondsSince(caseStarted)} s\n`)
    for (const row of rows) results.push(resultOf(options.suite, measured, row, figures))
  }
  process.stderr.write(`${results.length} rows in ${secondsSince(started)} s\n`)
  process.stdout.write(options.json ? `${JSON.stringify(results, null, 2)}\n` : report(results))
  return 0
}

function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(1)
}

function report(results: readonly Result[]): string {
  if (results.length === 0) return 'No row fits the filter.\n'
  const under = results.filter((result) => !reachesBar(result)).length
  const verdict = under === 0 ? 'Every row reaches its bar.' : `Rows under their bar: ${under}.`
  return `\nNode ${process.versions.node}. Medians; ratio = peer / Hocket, the median of the rounds.
Over 1 Hocket is the better one; the bar is the least that is asked for.

${table(results)}

${verdict}
`
}

function isWanted(measured: Case, row: Row, filter: string): boolean {
  const peer = typeof row.peer === 'string' ? row.peer : `limit ${row.peer.text}`
  const text = `${measured.name} ${row.case} ${peer}`
  return text.toLowerCase().includes(filter.toLowerCase())
}

function readOptions(args: string[]): Options | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { json: { type: 'boolean' }, filter: { type: 'string' } },
    })
    const [suite, ...others] = positionals
    if (suite === undefined || others.length > 0) return null
    return { suite, json: values.json ?? false, filter: values.filter ?? '' }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    return null
  }
}
