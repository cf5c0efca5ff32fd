import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Soaked } from './measure-heap.ts'
import { programs } from './programs.ts'

// A fifth of a byte for each of ten million. V8's own tables double when they grow, a WeakMap's to a
// mebibyte, and stay.
const MOST_GROWTH = 2 * 1024 * 1024
const TEN_MILLION = 10_000_000

const USAGE = `usage: npm run soak -- primitives [--ops N] [--filter TEXT]
       npm run soak -- executors [--seconds N] [--filter TEXT]
  --ops N        operations of each primitive; ${TEN_MILLION} when left out
  --filter TEXT  only primitives with TEXT in their name
`

const MAIN = fileURLToPath(new URL('../main.js', import.meta.url))

/** Soaks every primitive in a process of its own. Exit code 1 if a heap has grown, 2 for bad usage. */
export function soak(args: string[]): number {
  const options = readOptions(args)
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  const names = Object.keys(programs).filter((name) =>
    name.toLowerCase().includes(options.filter.toLowerCase()),
  )
  const started = performance.now()
  process.stdout.write(
    `${options.ops.toLocaleString('en-US')} operations each, on Node ${process.versions.node}\n`,
  )
  const bad = names.filter((name) => !soakOne(name, options.ops))
  const minutes = ((performance.now() - started) / 60_000).toFixed(1)
  const verdict = bad.length === 0 ? 'All of them are flat' : `Not flat: ${bad.join(', ')}`
  process.stdout.write(`${verdict}. ${minutes} minutes.\n`)
  return bad.length === 0 ? 0 : 1
}

/** False if it was not flat, or has failed. */
function soakOne(name: string, operations: number): boolean {
  const args = ['--expose-gc', MAIN, '--soak-child', name, String(operations)]
  const done = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  if (done.status !== 0) {
    process.stdout.write(`${name.padEnd(24)} failed, exit code ${done.status ?? done.signal}\n`)
    return false
  }
  const soaked = JSON.parse(done.stdout) as Soaked
  const isFlat = soaked.after - soaked.before <= MOST_GROWTH
  process.stdout.write(`${lineOf(name, soaked)}  ${isFlat ? 'flat' : 'GROWS'}\n`)
  return isFlat
}

function lineOf(name: string, { operations, seconds, before, after }: Soaked): string {
  const growth = (after - before) / 1024
  return [
    name.padEnd(24),
    `${seconds.toFixed(1).padStart(6)} s`,
    `${((seconds * 1e9) / operations).toFixed(0).padStart(6)} ns each`,
    `heap ${mebibytes(before)} -> ${mebibytes(after)} MiB`,
    `${growth >= 0 ? '+' : ''}${growth.toFixed(0)} KiB`.padStart(9),
  ].join('  ')
}

function mebibytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(2)
}

function readOptions(args: string[]): { ops: number; filter: string } | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: { ops: { type: 'string' }, filter: { type: 'string' } },
    })
    const ops = Number((values.ops ?? String(TEN_MILLION)).replaceAll('_', ''))
    if (positionals.length !== 1 || positionals[0] !== 'primitives') return null
    if (!Number.isInteger(ops) || ops < 1) return null
    return { ops, filter: values.filter ?? '' }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    return null
  }
}
