// `npm run bench -- SUITE [--json]` and `npm run soak -- NAME`, and the door of the processes
// that these start.
const [first, ...rest] = process.argv.slice(2)

if (first === '--child') {
  const { serve } = await import('./lib/child.ts')
  const [suite = '', caseName = '', contender = ''] = rest
  await serve(suite, caseName, contender)
} else if (first === '--server') {
  const { serveHttp } = await import('./http/server.ts')
  const [kind = '', delayMs = '0'] = rest
  serveHttp(kind, Number(delayMs))
} else if (first === '--soak-child') {
  const { measureHeap } = await import('./soak/measure-heap.ts')
  const [name = '', operations = ''] = rest
  process.stdout.write(JSON.stringify(await measureHeap(name, Number(operations))))
} else if (first === '--soak-load') {
  const { runLoad } = await import('./executors/soak/run-load.ts')
  const [kind = '', seconds = ''] = rest
  const soaked = await runLoad(kind === 'threads' ? kind : 'processes', Number(seconds))
  process.stdout.write(JSON.stringify(soaked))
} else if (first === '--soak-owner') {
  const { bePoolOwner } = await import('./executors/soak/orphans.ts')
  await bePoolOwner(rest[0] ?? '')
} else if (first === '--soak-downloader') {
  const { beDownloader } = await import('./soak/download/downloader.ts')
  const [origin = '', folder = '', files = ''] = rest
  process.exitCode = await beDownloader(origin, folder, Number(files))
} else if (first === '--soak' && rest[0] === 'download') {
  const { soakDownload } = await import('./soak/download/soak.ts')
  process.exitCode = await soakDownload(rest.slice(1))
} else if (first === '--soak' && rest[0] === 'executors') {
  const { soakExecutors } = await import('./executors/soak/soak.ts')
  process.exitCode = await soakExecutors(rest.slice(1))
} else if (first === '--soak') {
  const { soak } = await import('./soak/soak.ts')
  process.exitCode = soak(rest)
} else {
  const { bench } = await import('./lib/bench.ts')
  process.exitCode = await bench(process.argv.slice(2))
}
