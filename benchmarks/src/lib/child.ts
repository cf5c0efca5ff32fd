import { findCase } from '../suites.ts'
import { isPython, type Sample } from './case.ts'

const FEWEST_WARM_UPS = 2

/**
 * The measured side: one contender in a process of its own. Says "ready" when it is warm, and from
 * then on answers every line with one figure. It ends with its standard input.
 *
 * It imports next to nothing, since what it imports is there when the contender is measured.
 */
export async function serve(suite: string, caseName: string, name: string): Promise<void> {
  const found = await findCase(suite, caseName)
  const contender = found.contenders[name]
  if (contender === undefined || isPython(contender)) {
    throw new Error(`${caseName} has no contender '${name}' for Node`)
  }
  const sample = await contender.prepare()
  if (found.warmUpMs > 0) await warmUp(sample, found.warmUpMs)
  process.stdin.on('data', () => setImmediate(() => void answer(sample)))
  process.stdin.on('end', () => process.exit())
  process.stdout.write('ready\n')
}

async function warmUp(sample: Sample, ms: number): Promise<void> {
  const end = performance.now() + ms
  for (let runs = 0; runs < FEWEST_WARM_UPS || performance.now() < end; runs++) await sample()
}

async function answer(sample: Sample): Promise<void> {
  // No forced collection in between: V8 shrinks its nursery then, and what follows would be measured
  // with a heap that no program has. Nobody else's garbage is here.
  process.stdout.write(`${await sample()}\n`)
}
