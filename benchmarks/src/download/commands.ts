import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NodeContender } from '../lib/case.ts'
import { check } from '../lib/check.ts'
import { startServer } from '../lib/server-process.ts'

/** What is downloaded: `count` files of `bytes`, `atOnce` at a time, from a server `delayMs` away. */
export interface Load {
  readonly bytes: number
  readonly count: number
  readonly atOnce: number
  readonly delayMs: number
}

// Few and large ones would fill the disk until the suite is over; many are left where they are.
const MOST_KEPT_BYTES = 2 ** 28

/** A folder for the files of one sample. */
export async function inFolder<T>(load: Load, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'files-'))
  const result = await use(folder)
  const names = await readdir(folder)
  check('files', names.length, load.count)
  let bytes = 0
  for (const name of names) bytes += (await stat(join(folder, name))).size
  check('bytes', bytes, load.count * load.bytes)
  if (bytes > MOST_KEPT_BYTES) await rm(folder, { recursive: true })
  return result
}

export async function urlsOf({ bytes, count, delayMs }: Load): Promise<string[]> {
  const origin = await startServer('files', String(delayMs))
  return Array.from({ length: count }, (_, index) => `${origin}/${bytes}/${index}.bin`)
}

/** A program that is started for each sample, with the time that it takes to start. */
function command(
  load: Load,
  file: string,
  prepare: (urls: readonly string[], folder: string) => Promise<readonly string[]>,
): NodeContender {
  return {
    prepare: async () => {
      const urls = await urlsOf(load)
      return () =>
        inFolder(load, async (folder) => {
          const args = await prepare(urls, folder)
          const start = performance.now()
          const child = spawn(file, args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
          const [code] = await once(child, 'exit')
          const ms = performance.now() - start
          check(`exit code of ${file}`, code as number, 0)
          await rm(`${folder}.list`, { force: true })
          return ms
        })
    },
  }
}

export const aria2 = (load: Load): NodeContender =>
  command(load, 'aria2c', async (urls, folder) => {
    await writeFile(`${folder}.list`, urls.join('\n'))
    const connections = load.count === 1 ? [] : ['-x1', '-s1']
    return [
      '-q',
      `-j${load.atOnce}`,
      ...connections,
      '--file-allocation=none',
      '-i',
      `${folder}.list`,
    ]
  })

export const curl = (load: Load): NodeContender =>
  command(load, 'curl', async (urls, folder) => {
    const lines = urls.map((url) => `url = "${url}"\nremote-name`)
    await writeFile(`${folder}.list`, lines.join('\n'))
    const parallel =
      load.count === 1
        ? []
        : ['--parallel', '--parallel-immediate', '--parallel-max', String(load.atOnce)]
    return ['-s', '-S', '--no-progress-meter', ...parallel, '-K', `${folder}.list`]
  })
