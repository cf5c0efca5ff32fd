import { downloadAll, exitCode } from '@hocket/download'
import { run } from 'hocket'

/** The process that is killed: downloads so many files into a folder, and goes on where it was. */
export async function beDownloader(origin: string, folder: string, files: number): Promise<number> {
  const urls = Array.from({ length: files }, (_, i) => `${origin}/f${i}.bin`)
  const report = await run(
    downloadAll(urls, {
      folder,
      ifExists: 'skip',
      concurrency: 8,
      connections: 3,
      retries: 100,
      backoff: { base: 1, cap: 20 },
    }),
  )
  for (const { url, error } of report.results) {
    if (error !== null) process.stderr.write(`${url}: ${error.message}\n`)
  }
  return exitCode(report)
}
