import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { ProcessPoolExecutor } from '@hocket/executors'
import { work } from './load.ts'

const MAIN = fileURLToPath(new URL('../../main.js', import.meta.url))
const WORKERS = 2
const LONGEST_END_MS = 10_000
const BUSY_MS = 300

/** A process that keeps two workers busy, says which they are, and ends in the way that is asked for. */
export async function bePoolOwner(end: string): Promise<void> {
  const executor = new ProcessPoolExecutor(WORKERS)
  // Each sleeps a while, so that no worker can do both.
  await Promise.all(Array.from({ length: WORKERS }, () => executor.submit(work.block, 300)))
  for (let i = 0; i < WORKERS; i++) void executor.submit(work.spin)
  process.stdout.write(`${JSON.stringify(executor.workerIds())}\n`)
  setTimeout(() => {
    if (end === 'exit') process.exit(0)
    if (end === 'error') throw new Error('uncaught, as asked')
    process.kill(process.pid, 'SIGKILL')
  }, BUSY_MS)
}

/** Workers that outlive such a process. */
export async function countOrphans(end: 'exit' | 'error' | 'SIGKILL'): Promise<number> {
  const owner = spawn(process.execPath, [MAIN, '--soak-owner', end], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const exit = once(owner, 'exit')
  const [line] = (await once(owner.stdout, 'data')) as [Buffer]
  const ids = JSON.parse(String(line)) as number[]
  await exit
  const deadline = performance.now() + LONGEST_END_MS
  while (ids.some(isAlive) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const orphans = ids.filter(isAlive)
  for (const orphan of orphans) process.kill(orphan, 'SIGKILL')
  return orphans.length
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
