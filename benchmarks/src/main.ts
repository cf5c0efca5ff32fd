// `npm run bench -- SUITE [--json]` and `npm run soak -- primitives`, and the door of the processes
// that these start.
const [first, ...rest] = process.argv.slice(2)

if (first === '--child') {
  const { serve } = await import('./lib/child.ts')
  const [suite = '', caseName = '', contender = ''] = rest
  await serve(suite, caseName, contender)
} else if (first === '--soak-child') {
  const { measureHeap } = await import('./soak/measure-heap.ts')
  const [name = '', operations = ''] = rest
  process.stdout.write(JSON.stringify(await measureHeap(name, Number(operations))))
} else if (first === '--soak') {
  const { soak } = await import('./soak/soak.ts')
  process.exitCode = soak(rest)
} else {
  const { bench } = await import('./lib/bench.ts')
  process.exitCode = await bench(process.argv.slice(2))
}
