import type { NodeContender } from '../lib/case.ts'
import { inFolder, type Load, urlsOf } from './commands.ts'

const KB_PER_MB = 1000

/** ms that `downloadAll` takes, in a program that is running already. */
export function downloaded(load: Load, options: { durable?: boolean } = {}): NodeContender {
  return {
    prepare: async () => {
      const download = await makeDownload(load, options)
      return () => inFolder(load, download)
    },
  }
}

/** The most memory that a fresh process has held when it has downloaded all. */
export function peakMemory(load: Load): NodeContender {
  return {
    prepare: async () => {
      const download = await makeDownload(load)
      return async () => {
        await inFolder(load, download)
        return process.resourceUsage().maxRSS / KB_PER_MB
      }
    },
  }
}

async function makeDownload(
  load: Load,
  options: { durable?: boolean } = {},
): Promise<(folder: string) => Promise<number>> {
  const { run } = await import('hocket')
  const { ClientSession } = await import('@hocket/http')
  const { downloadAll } = await import('@hocket/download')
  const urls = await urlsOf(load)
  return async (folder) => {
    const start = performance.now()
    await run(async () => {
      await using session = new ClientSession()
      const { atOnce } = load
      await downloadAll(session, urls, {
        folder,
        concurrency: atOnce,
        perHost: atOnce,
        ...options,
      })
    })
    return performance.now() - start
  }
}
