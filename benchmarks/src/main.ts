// `npm run bench -- SUITE [--json] [--filter TEXT]`, and the door of the processes it starts.
const [first, ...rest] = process.argv.slice(2)

if (first === '--child') {
  const { serve } = await import('./lib/child.ts')
  const [suite = '', caseName = '', contender = ''] = rest
  await serve(suite, caseName, contender)
} else {
  const { bench } = await import('./lib/bench.ts')
  process.exitCode = await bench(process.argv.slice(2))
}
