// Compares the public types of every entry with etc/*.api.md. `npm run api` (--local) writes the
// reports anew; the change in them is then part of the review.
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { bin, captureNode, publishedPackages } from './lib/run.mjs'

const local = process.argv.includes('--local')
let failed = 0
if (local) {
  const built = await captureNode(['tools/verify.mjs', 'build'])
  if (built.code !== 0) {
    console.error(built.output)
    process.exit(1)
  }
}
for (const { folder, path } of publishedPackages()) {
  mkdirSync(join(folder, 'etc'), { recursive: true })
  const configs = readdirSync(folder).filter((name) => /^api-extractor.*\.json$/.test(name))
  for (const config of configs) {
    const args = [bin('@microsoft/api-extractor', 'api-extractor'), 'run', '--config', config]
    if (local) args.push('--local')
    const { code, output } = await captureNode(args, { cwd: folder })
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'}  ${path}/${config}`)
    if (code !== 0) {
      failed++
      const preamble = output.indexOf('\n', output.indexOf('TypeScript version'))
      console.log(output.slice(preamble).trim())
    }
  }
}
if (failed > 0 && !local)
  console.log('Is the change meant? Then run `npm run api` and commit etc/.')
process.exitCode = failed > 0 ? 1 : 0
