import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { countOrphans } from './orphans.ts'
import type { Kind, Soaked } from './run-load.ts'

const MAIN = fileURLToPath(new URL('../../main.js', import.meta.url))
const KINDS: readonly Kind[] = ['threads', 'processes']
/** What a run may take beyond its seconds: starting, settling and ending. */
const LONGEST_REST_MS = 90_000
const LAST_WORDS = 4000

const USAGE = `usage: npm run soak -- executors [--seconds N] [--filter TEXT]
  --seconds N    how long each executor is loaded, while a worker dies every second (default: 60)
  --filter TEXT  only executors with TEXT in their name: ${KINDS.join(', ')}
`

/** Loads each executor in a process of its own. Exit code 1 if a call or a worker is lost, 2 for bad usage. */
export async function soakExecutors(args: string[]): Promise<number> {
  const options = readOptions(args)
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  let isGood = true
  for (const kind of KINDS.filter((one) => one.includes(options.filter))) {
    isGood = (await soakOne(kind, options.seconds)) && isGood
  }
  if ('processes'.includes(options.filter)) isGood = (await soakOwners()) && isGood
  print(isGood ? 'Every call settled once, and no worker is left.' : 'FAILED, see above.')
  return isGood ? 0 : 1
}

async function soakOne(kind: Kind, seconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [MAIN, '--soak-load', kind, String(seconds)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  // Workers that die say so there, once a second: of interest only if something goes wrong.
  let lastWords = ''
  child.stderr.on('data', (chunk) => (lastWords = (lastWords + chunk).slice(-LAST_WORDS)))
  // It must end by itself: what is left would hold it.
  let isHanging = false
  const overdue = setTimeout(
    () => {
      isHanging = true
      child.kill('SIGKILL')
    },
    seconds * 1000 + LONGEST_REST_MS,
  )
  const [code] = (await once(child, 'close')) as [number | null]
  clearTimeout(overdue)
  if (output === '') {
    print(lastWords)
    print(`${kind}: ${isHanging ? 'HANGS' : `failed, exit code ${code}`}`)
    return false
  }
  const soaked = JSON.parse(output) as Soaked
  const { accepted, settled, lost, twice, wrong, left } = soaked
  for (const line of report(kind, seconds, soaked)) print(line)
  if (isHanging) print('  HANGS: the process did not end after shutdown()')
  return !isHanging && accepted === settled && lost + twice + wrong + left === 0 && accepted > 0
}

function report(kind: Kind, seconds: number, soaked: Soaked): string[] {
  const list = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${count.toLocaleString('en-US')}`)
      .join(', ')
  const number = (count: number) => count.toLocaleString('en-US')
  return [
    `${kind}, ${seconds} s, a worker killed every second (Node ${process.versions.node})`,
    `  calls    accepted ${number(soaked.accepted)}, settled ${number(soaked.settled)}, lost ${soaked.lost}, settled twice ${soaked.twice}, wrong ${soaked.wrong}`,
    `           ${list(soaked.outcomes)}`,
    `  workers  killed ${soaked.died}, replaced ${soaked.started - soaked.workers}, left after shutdown ${soaked.left}`,
    `           faults: ${list(soaked.faults)}`,
    `  times    100,000 queued calls cancelled in ${soaked.burstMs.toFixed(0)} ms; longest call ${soaked.longestMs.toFixed(0)} ms`,
    ...soaked.examples.map((example) => `  wrong: ${example}`),
  ]
}

async function soakOwners(): Promise<boolean> {
  let all = 0
  for (const end of ['exit', 'error', 'SIGKILL'] as const) {
    const orphans = await countOrphans(end)
    print(`a process with busy workers ends by ${end}: orphans ${orphans}`)
    all += orphans
  }
  return all === 0
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

function readOptions(args: string[]): { seconds: number; filter: string } | null {
  try {
    const { values } = parseArgs({
      args,
      options: { seconds: { type: 'string' }, filter: { type: 'string' } },
    })
    const seconds = Number(values.seconds ?? 60)
    if (!Number.isInteger(seconds) || seconds < 1) return null
    return { seconds, filter: values.filter ?? '' }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    return null
  }
}
