// `npm run conformance [-- --filter TEXT] [-- --record] [-- --host HOST] [-- --fuzz N [--seed S]]`
import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { fuzz, recordCorpus } from '../fuzz/fuzz.ts'
import { type HostName, hostNames, useHost } from './harness.ts'
import { judge, type Verdict } from './judge.ts'
import { findNames, missingFiles, type Pair, pairOf, readExpected, writeTrace } from './pairs.ts'
import { findPython, record } from './python.ts'
import { type PairSpelling, pairSpellings } from './spellings.ts'

type Counts = Record<Verdict, number>

const usage =
  'usage: npm run conformance [-- --filter TEXT] [-- --record] [-- --host node|web] [-- --fuzz N [--seed S]]'
// Far from where seeds are no longer told apart.
const MAX_SEED = 2 ** 31

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      filter: { type: 'string', default: '' },
      record: { type: 'boolean', default: false },
      host: { type: 'string', default: 'node' },
      fuzz: { type: 'string' },
      seed: { type: 'string' },
    },
  })
  useHost(hostNamed(values.host))
  if (values.fuzz !== undefined) return await fuzzAll(values.fuzz, values.seed, values.record)
  if (values.seed !== undefined) throw new TypeError('--seed expected --fuzz N beside it')
  const pairs = findNames()
    .filter((name) => name.includes(values.filter))
    .map(pairOf)
  if (pairs.length === 0) {
    console.error(`No pair has '${values.filter}' in its name.`)
    return 1
  }
  if (values.record) recordAll(pairs)
  return await judgeAll(pairs)
}

function hostNamed(name: string): HostName {
  const found = hostNames.find((known) => known === name)
  if (found !== undefined) return found
  throw new TypeError(`--host expected ${hostNames.join(' or ')}, got '${name}'`)
}

/** Fresh programs at random; with `--record` they become the corpus. */
async function fuzzAll(count: string, seed: string | undefined, record: boolean): Promise<number> {
  const n = wholeNumber('--fuzz', count, 1)
  const first = seed === undefined ? randomInt(MAX_SEED - n) : wholeNumber('--seed', seed, 0)
  if (!record) return await fuzz(n, first)
  await recordCorpus(n, first)
  return 0
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && value < MAX_SEED) return value
  throw new TypeError(`${option} expected a whole number from ${least} on, got '${text}'`)
}

function recordAll(pairs: readonly Pair[]): void {
  const python = findPython()
  for (const pair of pairs) writeTrace(pair, record(python, pair))
  console.log(`${pairs.length} traces recorded with ${python}`)
}

async function judgeAll(pairs: readonly Pair[]): Promise<number> {
  const expected = readExpected()
  const incomplete = pairs.filter((pair) => missingFiles(pair).length > 0)
  for (const pair of incomplete) {
    console.log(`${pair.name}: missing ${missingFiles(pair).join(', ')}`)
  }
  const complete = pairs.filter((pair) => !incomplete.includes(pair))
  let isGood = incomplete.length === 0
  for (const spelling of pairSpellings) {
    const counts = await judgeSpelling(complete, spelling, expected)
    console.log(summary(spelling, counts))
    isGood &&= counts.failed === 0 && counts.late === 0
  }
  return isGood ? 0 : 1
}

async function judgeSpelling(
  pairs: readonly Pair[],
  spelling: PairSpelling,
  expected: ReadonlyMap<string, string>,
): Promise<Counts> {
  const counts: Counts = { passed: 0, failed: 0, later: 0, late: 0 }
  for (const pair of pairs) {
    const { verdict, report } = await judge(pair, spelling, expected.get(pair.name))
    counts[verdict] += 1
    if (verdict === 'passed') continue
    console.log(`${pair.name} (${spelling}): ${verdict}`)
    for (const line of report) console.log(`    ${line}`)
  }
  return counts
}

function summary(spelling: PairSpelling, { passed, failed, later, late }: Counts): string {
  const parts = [`${passed} passed`, `${failed + late} failed`]
  if (later > 0) parts.push(`${later} later`)
  return `${spelling.padEnd(11)} ${parts.join(', ')}`
}

try {
  process.exitCode = await main()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  if (error instanceof TypeError) console.error(usage)
  process.exitCode = 2
}
