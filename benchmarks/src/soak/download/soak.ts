import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { randomOf } from '../../lib/random.ts'
import { type BadServer, startBadServer } from './bad-server.ts'
import { wrongBytes } from './content.ts'

const USAGE = `usage: npm run soak -- download [--kills N] [--files N] [--seed N]
  --kills N  how often the downloader is killed in all; 100 when left out
  --files N  how many files a round has; 60 when left out
  --seed N   plays the same again, as far as the system lets it; 1 when left out
`

const MAIN = fileURLToPath(new URL('../../main.js', import.meta.url))
const KILLS_OF_A_ROUND = 12
// More than one in a row would be another run of the same state.
const CHANGED_SHARE = 0.1

interface Tally {
  files: number
  kills: number
  rounds: number
  left: number
  wrong: number
}

/**
 * Kills a process that downloads, by SIGKILL at moments that nobody chose, and lets another one go on,
 * from a server whose answers break off, lie about ranges, and whose files change. Exit code 1 if a
 * byte is wrong under a final name, a file is missing, or one is outside its folder.
 */
export async function soakDownload(args: string[]): Promise<number> {
  const options = readOptions(args)
  if (options === null) {
    process.stderr.write(USAGE)
    return 2
  }
  const { kills, files, seed } = options
  const random = randomOf(seed)
  const tally: Tally = { files: 0, kills: 0, rounds: 0, left: 0, wrong: 0 }
  const problems: string[] = []
  const started = performance.now()
  while (tally.kills < kills && problems.length === 0) {
    problems.push(
      ...(await playRound(files, random, Math.min(KILLS_OF_A_ROUND, kills - tally.kills), tally)),
    )
    process.stdout.write(`${lineOf(tally)}\n`)
  }
  for (const problem of problems) process.stdout.write(`${problem}\n`)
  const minutes = ((performance.now() - started) / 60_000).toFixed(1)
  process.stdout.write(
    `${problems.length === 0 ? 'All of them are whole' : 'NOT WHOLE'}. ${minutes} minutes.\n`,
  )
  return problems.length === 0 ? 0 : 1
}

/** One folder: killed so often, and then brought to its end. Gives what is wrong. */
async function playRound(
  files: number,
  random: () => number,
  kills: number,
  tally: Tally,
): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'hocket-soak-'))
  const folder = join(root, 'inside')
  const server = await startBadServer(random)
  const total = Array.from({ length: files }, (_, i) => server.sizeOf(i)).reduce((a, b) => a + b)
  const problems: string[] = []
  try {
    for (let i = 0; i < kills && problems.length === 0; i++) {
      // Short ones are as likely as long ones: a kill may come at any stage of a file's life.
      const bytes = 1 + total * 0.3 * random() ** 3
      if (!(await downloadUntilKilled(server, folder, files, bytes))) break
      tally.kills += 1
      problems.push(...(await look(server, root, folder, tally)))
      for (let file = 0; file < files; file++) if (random() < CHANGED_SHARE) server.change(file)
    }
    if (problems.length > 0) return problems
    server.behave()
    server.after(Infinity, () => {})
    const code = await downloader(server, folder, files).ended
    if (code !== 0) problems.push(`the last downloader ended with ${code}`)
    problems.push(...(await look(server, root, folder, tally)))
    const names = await readdir(folder).catch((): string[] => [])
    for (let i = 0; i < files; i++) {
      if (!names.includes(`f${i}.bin`)) problems.push(`f${i}.bin is missing`)
    }
    tally.rounds += 1
    tally.files += files
    tally.left += names.length - files
    return problems
  } finally {
    await server.close()
    await rm(root, { recursive: true, force: true })
  }
}

/** False if it was done before. */
async function downloadUntilKilled(
  server: BadServer,
  folder: string,
  files: number,
  bytes: number,
): Promise<boolean> {
  const { child, ended } = downloader(server, folder, files)
  server.after(bytes, () => child.kill('SIGKILL'))
  return (await ended) === 'SIGKILL'
}

function downloader(server: BadServer, folder: string, files: number) {
  const args = [MAIN, '--soak-downloader', server.origin, folder, String(files)]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as number | string)
  return { child, ended }
}

/** Looks at everything that has a final name. */
async function look(
  server: BadServer,
  root: string,
  folder: string,
  tally: Tally,
): Promise<string[]> {
  const problems = (await readdir(root))
    .filter((name) => name !== 'inside')
    .map((name) => `${name} is outside the folder`)
  for (const name of await readdir(folder).catch((): string[] => [])) {
    if (name.includes('.part')) continue
    const file = Number(/^f(\d+)\.bin$/.exec(name)?.[1] ?? Number.NaN)
    if (Number.isNaN(file)) {
      problems.push(`${name} is no file that was asked for`)
      continue
    }
    const wrong = wrongBytes(await readFile(join(folder, name)), file, server.sizeOf(file))
    if (wrong === 0) continue
    tally.wrong += wrong
    problems.push(`${name} has ${wrong} wrong bytes`)
  }
  return problems
}

function lineOf({ files, kills, rounds, left, wrong }: Tally): string {
  return `rounds ${rounds}  files ${files}  kills ${kills}  parts left over ${left}  wrong bytes ${wrong}`
}

function readOptions(args: string[]): { kills: number; files: number; seed: number } | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        kills: { type: 'string', default: '100' },
        files: { type: 'string', default: '60' },
        seed: { type: 'string', default: '1' },
      },
    })
    const [kills, files, seed] = [values.kills, values.files, values.seed].map(Number) as [
      number,
      number,
      number,
    ]
    const isMeant = [kills, files].every((n) => Number.isInteger(n) && n > 0)
    if (positionals.length > 0 || !isMeant || !Number.isInteger(seed)) return null
    return { kills, files, seed }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`)
    return null
  }
}
